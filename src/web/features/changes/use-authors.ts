import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { usePageServices } from '../../lib/page-services.tsx';
import { changesQuery } from './changes-query.ts';
import { type ChangesSearch, changesQueryOf } from './changes-search.ts';
import { personName } from './person-name.ts';

/** Who wrote what the other filters leave, as far as it was loaded: by name. */
export function useAuthors(search: ChangesSearch): readonly string[] {
  const { client } = usePageServices();
  const query = useMemo(() => changesQueryOf({ ...search, author: undefined }), [search]);
  // The list itself asks again by the clock.
  const list = useInfiniteQuery({
    ...changesQuery(client, query),
    refetchInterval: false,
    enabled: search.view === 'all',
  });
  return useMemo(() => {
    const items = list.data?.pages.flatMap((page) => page.items) ?? [];
    const names = new Set(items.flatMap(({ author }) => personName(author) ?? []));
    return [...names].toSorted((a, b) => a.localeCompare(b));
  }, [list.data]);
}
