import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { groupAttempts } from '../../lib/attempts.ts';
import { deploymentQuery } from '../../lib/deployment-query.ts';
import { useLiveRefresh } from '../../lib/live/use-live-refresh.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import type { ActivityItem } from './activity-items.ts';

/** A filter may list some events of a deployment only: what is opened is shown with all of them. */
export function useWhole(items: readonly ActivityItem[], opened: ReadonlySet<string>): readonly ActivityItem[] {
  const { client } = usePageServices();
  const cache = useQueryClient();
  const asked = items.flatMap((item) =>
    item.kind === 'attempt' && !item.isWhole && opened.has(item.key) ? item.attempt.head.deployment_number : [],
  );
  const numbers = [...new Set(asked)];
  // One query for all of them: the library's own for several would be loaded with every page.
  const query = useQuery({
    queryKey: ['whole-deployments', numbers],
    queryFn: () => Promise.all(numbers.map((number) => cache.fetchQuery(deploymentQuery(client, number)))),
    placeholderData: keepPreviousData,
    enabled: numbers.length > 0,
  });
  useLiveRefresh(query, { concerns: ({ deployment_number: number }) => numbers.includes(number) });
  const { data } = query;
  return useMemo(() => {
    if (!data) return items;
    const wholes = groupAttempts(data.flatMap(({ events }) => events));
    return items.map((item) => {
      if (item.kind === 'day' || !opened.has(item.key)) return item;
      const { head } = item.attempt;
      const whole = wholes.find((attempt) => attempt.events.some(({ id }) => id === head.id));
      return whole ? { ...item, attempt: whole, isWhole: true } : item;
    });
  }, [items, opened, data]);
}
