import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { DeploymentDetails } from '../../../contract/deployment-details.ts';
import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { groupAttempts } from '../../lib/attempts.ts';
import { deploymentQuery } from '../../lib/deployment-query.ts';
import { useLiveRefresh } from '../../lib/live/use-live-refresh.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { failureText } from '../../lib/refusal.ts';
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
    queryFn: () =>
      Promise.all(numbers.map((number) => toldOf(number, cache.fetchQuery(deploymentQuery(client, number))))),
    placeholderData: keepPreviousData,
    enabled: numbers.length > 0,
  });
  useLiveRefresh(query, { concerns: ({ deployment_number: number }) => numbers.includes(number) });
  const { data } = query;
  return useMemo(() => {
    if (!data) return items;
    const wholes = groupAttempts(data.flatMap(({ events }) => events));
    return items.map((item) => {
      if (item.kind === 'day' || item.isWhole || !opened.has(item.key)) return item;
      const { head } = item.attempt;
      const told = data.find(({ number }) => number === head.deployment_number);
      if (!told) return item;
      const whole = wholes.find((attempt) => attempt.events.some(({ id }) => id === head.id));
      return { ...item, attempt: whole ?? item.attempt, isWhole: told.lacks === undefined, lacks: told.lacks };
    });
  }, [items, opened, data]);
}

interface Told {
  readonly number: number;
  readonly events: readonly DeploymentEvent[];
  /** Why these are not all; undefined: they are. */
  readonly lacks: string | undefined;
}

/** One that cannot be read leaves the others as they are. */
async function toldOf(number: number, answer: Promise<DeploymentDetails>): Promise<Told> {
  try {
    const { events, earlier_cursor: earlier } = await answer;
    return { number, events, lacks: earlier === null ? undefined : 'Those before are on the page of the deployment.' };
  } catch (error) {
    return { number, events: [], lacks: `The others could not be loaded. ${failureText(error as Error)}` }; // thrown by our client
  }
}
