import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ProjectDetails } from '../../../contract/projects.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { nameAt } from '../../lib/project-name.ts';
import { failureText } from '../../lib/refusal.ts';
import { VisibilityTag } from '../../lib/visibility-tag.tsx';
import { CommandBlock } from '../../ui/command-block.tsx';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { FailureBar } from '../../ui/notice.tsx';
import { PageSection } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { groupProjectsQuery } from './group-projects-query.ts';
import { recordCommand } from './record-command.ts';

/** The projects in a group and in the groups under it, or how the first one gets there. */
export function GroupProjectsSection({ path }: { path: string }) {
  const { client } = usePageServices();
  const projects = useInfiniteQuery(groupProjectsQuery(client, path));
  const rows = projects.data?.pages.flatMap(({ items }) => items) ?? [];
  const [first] = projects.data?.pages ?? [];
  return (
    <PageSection title="Projects" about={first && first.total > 0 ? countOf(first.total) : undefined}>
      {projects.isPending ? <ListSkeleton label="Loading the projects" rows={3} /> : null}
      {projects.isError ? (
        <FailureBar
          title="The projects could not be loaded."
          why={failureText(projects.error)}
          onRetry={() => projects.refetch()}
        />
      ) : null}
      {rows.length > 0 ? (
        <DataTable label={`Projects in ${path}`} columns={columns} rows={rows} keyOf={({ id }) => id} />
      ) : null}
      {first?.total === 0 ? (
        <div className="flex flex-col gap-3 px-4">
          <p className="max-w-measure text-muted">
            None yet. A project is there with its first deployment: name {path} as its namespace.
          </p>
          <CommandBlock command={recordCommand(location.origin, path)} />
        </div>
      ) : null}
      <LoadMore
        hasMore={projects.hasNextPage}
        loading={projects.isFetchingNextPage}
        onMore={() => projects.fetchNextPage()}
      />
    </PageSection>
  );
}

const columns: readonly TableColumn<ProjectDetails>[] = [
  {
    key: 'path',
    head: 'Project',
    cell: ({ path, title }) => (
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <Link
          to="/projects/$project"
          params={{ project: path }}
          search={{}}
          className="underline-offset-2 hover:underline"
        >
          {nameAt(path)}
        </Link>
        {title === null ? null : <span className="text-sm font-normal text-muted">{title}</span>}
      </span>
    ),
  },
  { key: 'visibility', head: 'Visibility', cell: ({ visibility }) => <VisibilityTag visibility={visibility} /> },
  {
    key: 'activity',
    head: 'Last activity',
    cell: ({ last_activity_at }) => <RelativeTime at={last_activity_at} className="text-soft" />,
  },
];

function countOf(total: number): string {
  return total === 1 ? 'One lies in it, or in a group under it.' : `${total} lie in it, and in the groups under it.`;
}
