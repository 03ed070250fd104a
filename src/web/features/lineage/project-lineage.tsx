import { useInfiniteQuery } from '@tanstack/react-query';
import { ChartNetwork, Rows3 } from 'lucide-react';
import { useMemo } from 'react';
import { useLiveRefresh } from '../../lib/live/use-live-refresh.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { isOfProject } from '../../lib/project-name.ts';
import { failureText } from '../../lib/refusal.ts';
import { RefusedNotice } from '../../lib/refused-notice.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { FailureBar } from '../../ui/notice.tsx';
import { segment, segments } from '../../ui/page.tsx';
import { LineageEmpty } from './lineage-empty.tsx';
import { LineageGraph } from './lineage-graph.tsx';
import { joinLineages } from './lineage-layout.ts';
import { projectLineageQuery } from './lineage-query.ts';
import { LineageTable } from './lineage-table.tsx';

export const lineageLooks = ['graph', 'table'] as const;
export type LineageLook = (typeof lineageLooks)[number];

interface ProjectLineageProps {
  readonly project: string;
  readonly look: LineageLook;
  readonly onLook: (look: LineageLook) => void;
}

const looks = { graph: { word: 'Graph', icon: ChartNetwork }, table: { word: 'Table', icon: Rows3 } } as const;

/** The latest promotions of a project: what came from what. */
export function ProjectLineage({ project, look, onLook }: ProjectLineageProps) {
  const { client } = usePageServices();
  const query = useInfiniteQuery(projectLineageQuery(client, project));
  useLiveRefresh(query, {
    concerns: (event) => isOfProject(event, project),
    pauseMs: 400,
  });
  const lineage = useMemo(() => query.data && joinLineages(query.data.pages), [query.data]);
  if (query.isPending) return <ListSkeleton label="Loading the lineage" />;
  if (!lineage) {
    return (
      <RefusedNotice
        what="lineage"
        of={project}
        onlyFor="members of the project"
        reading
        error={query.error ?? new Error('The server gave no answer.')}
        onRetry={() => query.refetch()}
      />
    );
  }
  if (lineage.nodes.length === 0) return <LineageEmpty project={project} />;
  return (
    <>
      {query.isError ? (
        <FailureBar title="What is shown may be old." why={failureText(query.error)} onRetry={() => query.refetch()} />
      ) : null}
      <div className="flex flex-wrap items-center gap-3 px-4 pt-4 pb-3">
        <p className="max-w-measure min-w-0 flex-1 basis-60 text-muted">
          What was promoted from what, the latest first. Deployments that name no parent, and that none names, are left
          out.
        </p>
        <fieldset className={`${segments} md:ml-auto`}>
          <legend className="sr-only">Show as</legend>
          {lineageLooks.map((each) => {
            const { word, icon: Icon } = looks[each];
            return (
              <button
                key={each}
                type="button"
                aria-pressed={each === look}
                className={segment}
                onClick={() => onLook(each)}
              >
                <Icon aria-hidden size={13} />
                {word}
              </button>
            );
          })}
        </fieldset>
      </div>
      {look === 'table' ? (
        <LineageTable lineage={lineage} project={project} />
      ) : (
        <div className="px-4">
          <LineageGraph lineage={lineage} project={project} />
          <Unknown lineage={lineage} />
        </div>
      )}
      <LoadMore
        hasMore={query.hasNextPage}
        loading={query.isFetchingNextPage}
        onMore={() => query.fetchNextPage()}
        word="Show earlier promotions"
      />
    </>
  );
}

/** Parents that are drawn nowhere. */
function Unknown({ lineage: { unknown } }: { lineage: ReturnType<typeof joinLineages> }) {
  const keys = [...new Set(unknown.map(({ parent }) => parent))];
  if (keys.length === 0) return null;
  const shown = keys.slice(0, 5);
  return (
    <p className="pt-3 text-sm break-words text-muted">
      Named as parents, and not known here: <span className="font-mono">{shown.join(', ')}</span>
      {keys.length > shown.length ? `, and ${keys.length - shown.length} more` : ''}.
    </p>
  );
}
