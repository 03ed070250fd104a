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
import { placeColumns } from './place-columns.ts';
import { PlaceRow } from './place-row.tsx';

interface ChangesViewProps {
  readonly search: ChangesSearch;
  readonly onSearch: (patch: FlatSearch) => void;
  /** Of one of its pages: no line has to name it. */
  readonly ofProject?: boolean;
}

/** Merge and pull requests with the environments that they are in. */
export function ChangesView({ search, onSearch, ofProject = false }: ChangesViewProps) {
  const { client } = usePageServices();
  const query = useMemo(() => changesQueryOf(search), [search]);
  const list = useInfiniteQuery(changesQuery(client, query));
  const columns = useMemo(() => placeColumns(list.data?.pages.flatMap(({ items }) => items) ?? []), [list.data]);
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
        <ChangeLine key={`${change.project}!${change.number}`} change={change} ofProject={ofProject}>
          <PlaceRow places={change.environments} columns={columns} />
        </ChangeLine>
      )}
    </ChangesFrame>
  );
}
