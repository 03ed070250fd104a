import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AuditEntry } from '../../../contract/audit.ts';
import { anyTime, isAnyTime } from '../../lib/day-span.ts';
import type { FlatSearch } from '../../lib/flat-search.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { failureText } from '../../lib/refusal.ts';
import { RefusedNotice } from '../../lib/refused-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { EmptyNotice, FailureBar } from '../../ui/notice.tsx';
import { Outdated } from '../../ui/outdated.tsx';
import { PageSection } from '../../ui/page.tsx';
import { PickDates } from '../../ui/pick-dates.tsx';
import { PickOne } from '../../ui/pick-one.tsx';
import { type AuditPlace, auditQuery } from './audit-query.ts';
import type { AuditSearch } from './audit-search.ts';
import { AuditTable } from './audit-table.tsx';

interface AuditViewProps {
  readonly place: AuditPlace;
  readonly search: AuditSearch;
  readonly onSearch: (patch: FlatSearch) => void;
}

/** What people did somewhere, for those who answer for it; others read why not. */
export function AuditView({ place, search, onSearch }: AuditViewProps) {
  const { client } = usePageServices();
  const list = useInfiniteQuery(auditQuery(client, place, search));
  const entries = useMemo(() => distinct(list.data?.pages.flatMap(({ items }) => items) ?? []), [list.data]);
  if (list.isPending) return <ListSkeleton label="Loading the audit log" />;
  if (!list.data) {
    return (
      <RefusedNotice
        what="audit log"
        of={place.kind === 'server' ? undefined : place.path}
        onlyFor={words[place.kind].readers}
        reading
        error={list.error}
        onRetry={() => list.refetch()}
      />
    );
  }
  const isFiltered = !isAnyTime(search.happened) || search.only !== undefined;
  const where = place.kind === 'server' ? 'on this server' : `in ${place.path}`;
  return (
    <PageSection
      title="Audit log"
      about={words[place.kind].about}
      actions={
        <>
          {place.kind === 'server' ? (
            <PickOne
              label="Place"
              value={search.only && ofNothing}
              shown={search.only && ofNothing}
              options={[ofNothing]}
              onChange={(value) => onSearch({ of: value === undefined ? undefined : 'server' })}
            />
          ) : null}
          <PickDates label="Happened" value={search.happened} onChange={(span) => onSearch({ ...span })} />
        </>
      }
    >
      {list.isError ? (
        <FailureBar title="What is shown may be old." why={failureText(list.error)} onRetry={() => list.refetch()} />
      ) : null}
      {entries.length > 0 ? (
        <Outdated when={list.isPlaceholderData}>
          <AuditTable label={`What people did ${where}`} entries={entries} places={place.kind === 'server'} />
          <LoadMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} onMore={() => list.fetchNextPage()} />
        </Outdated>
      ) : isFiltered ? (
        <EmptyNotice title="No entry fits">
          <Button onClick={() => onSearch({ ...anyTime, of: undefined })}>Clear all filters</Button>
        </EmptyNotice>
      ) : (
        <NothingHere>Nothing to account for yet. {words[place.kind].empty}</NothingHere>
      )}
    </PageSection>
  );
}

const words = {
  project: {
    readers: 'maintainers of the project',
    about: 'Approvals, and changes of who and what may do something here. Entries are only ever added.',
    empty:
      'Who approves or rejects a deployment, protects an environment, adds a member or connects a repository is written down here.',
  },
  group: {
    readers: 'maintainers of the group',
    about: 'Changes of the group, its members, tokens and protections. Its projects have logs of their own.',
    empty: 'Who changes the group, adds a member, makes a token or protects environments is written down here.',
  },
  server: {
    readers: 'administrators',
    about: 'What people did in all projects and groups, and with users and their tokens. Entries are only ever added.',
    empty: 'Who makes a project, a token or a user, or changes what they may do, is written down here.',
  },
} as const;

const ofNothing = 'In no project or group';

/** What is done while one reads moves entries to later pages: those come twice. */
function distinct(entries: readonly AuditEntry[]): readonly AuditEntry[] {
  return [...new Map(entries.map((entry) => [entry.id, entry])).values()];
}
