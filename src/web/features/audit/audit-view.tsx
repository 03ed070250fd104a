import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AuditEntry } from '../../../contract/audit.ts';
import type { FlatSearch } from '../../lib/flat-search.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { RefusedNotice } from '../../lib/refused-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { EmptyNotice, FailureBar } from '../../ui/notice.tsx';
import { PageSection } from '../../ui/page.tsx';
import { PickDates } from '../../ui/pick-dates.tsx';
import { auditQuery } from './audit-query.ts';
import type { AuditSearch } from './audit-search.ts';
import { AuditTable } from './audit-table.tsx';

interface AuditViewProps {
  readonly project: string;
  readonly search: AuditSearch;
  readonly onSearch: (patch: FlatSearch) => void;
}

/** What people did in a project, for its maintainers; others read why not. */
export function AuditView({ project, search, onSearch }: AuditViewProps) {
  const { client } = usePageServices();
  const list = useInfiniteQuery(auditQuery(client, project, search));
  const entries = useMemo(() => distinct(list.data?.pages.flatMap(({ items }) => items) ?? []), [list.data]);
  if (list.isPending) return <ListSkeleton label="Loading the audit log" />;
  if (!list.data) {
    return (
      <RefusedNotice
        what="audit log"
        of={project}
        onlyFor="maintainers of the project"
        reading
        error={list.error}
        onRetry={() => list.refetch()}
      />
    );
  }
  const { from, to } = search.days;
  const isFiltered = from !== undefined || to !== undefined;
  return (
    <PageSection
      title="Audit log"
      about="Approvals, and changes of what guards and connects the project. Entries are only ever added."
      actions={
        <PickDates label="Days" value={search.days} onChange={(days) => onSearch({ from: days.from, to: days.to })} />
      }
    >
      {list.isError ? (
        <FailureBar title="What is shown may be old." error={list.error} onRetry={() => list.refetch()} />
      ) : null}
      {entries.length > 0 ? (
        <>
          <AuditTable project={project} entries={entries} />
          <LoadMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} onMore={() => list.fetchNextPage()} />
        </>
      ) : isFiltered ? (
        <EmptyNotice title="Nothing on these days">
          <Button onClick={() => onSearch({ from: undefined, to: undefined })}>Show all days</Button>
        </EmptyNotice>
      ) : (
        <EmptyNotice title="Nothing to account for yet">
          Who approves or rejects a deployment, protects an environment, freezes the project or connects a repository is
          written down here.
        </EmptyNotice>
      )}
    </PageSection>
  );
}

/** What is done while one reads moves entries to later pages: those come twice. */
function distinct(entries: readonly AuditEntry[]): readonly AuditEntry[] {
  return [...new Map(entries.map((entry) => [entry.id, entry])).values()];
}
