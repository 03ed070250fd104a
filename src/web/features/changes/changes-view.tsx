import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { FlatSearch } from '../../lib/flat-search.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyNotice } from '../../ui/notice.tsx';
import { ChangeLine } from './change-line.tsx';
import { ChangesEmpty } from './changes-empty.tsx';
import { ChangesFrame } from './changes-frame.tsx';
import { changesQuery } from './changes-query.ts';
import { type ChangesSearch, changesQueryOf, noChangesFilters } from './changes-search.ts';
import { PlaceMark } from './place-mark.tsx';

/** Environments whose ages fit on one line with their names. */
const mostAged = 3;

interface ChangesViewProps {
  readonly search: ChangesSearch;
  readonly onSearch: (patch: FlatSearch) => void;
}

/** Merge and pull requests with the environments that they are in. */
export function ChangesView({ search, onSearch }: ChangesViewProps) {
  const { client } = usePageServices();
  const query = useMemo(() => changesQueryOf(search), [search]);
  const list = useInfiniteQuery(changesQuery(client, query));
  const isFiltered = Object.keys(query).some((name) => name !== 'project');
  return (
    <ChangesFrame
      label="Changes, latest first"
      failed="The changes could not be loaded"
      project={search.project}
      list={list}
      empty={(standing) =>
        isFiltered ? (
          <EmptyNotice title="No change fits">
            <p className="pb-3">Try fewer filters, or other words.</p>
            <Button onClick={() => onSearch(noChangesFilters)}>Clear all filters</Button>
          </EmptyNotice>
        ) : (
          <ChangesEmpty standing={standing} project={search.project} />
        )
      }
    >
      {(change) => (
        <ChangeLine key={`${change.project}!${change.number}`} change={change}>
          <span className="flex min-w-0 flex-wrap gap-x-3 gap-y-0.5 md:justify-end">
            {change.environments.map((place) => (
              <PlaceMark key={place.environment} place={place} aged={change.environments.length <= mostAged} />
            ))}
          </span>
        </ChangeLine>
      )}
    </ChangesFrame>
  );
}
