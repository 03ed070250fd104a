import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { useLiveRefresh } from '../../lib/live/use-live-refresh.ts';
import { useStreamStatus } from '../../lib/live/use-stream-status.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { isOfProject } from '../../lib/project-name.ts';
import { arrivalsQuery } from './arrivals-query.ts';

/** Without the stream, the page still asks now and then. */
const pollMs = 4000;

/**
 * What came in since the view was opened, of a project or of any, newest first and no more than a few; all that there is
 * where there was nothing before.
 */
export function useArrivals(project: string | undefined, isFirst: boolean): readonly DeploymentEvent[] {
  const { client } = usePageServices();
  const [opened] = useState(() => Date.now());
  const before = useRef<ReadonlySet<string>>(undefined);
  const live = useStreamStatus().state === 'live';
  const latest = useQuery({ ...arrivalsQuery(client, project, opened), refetchInterval: live ? false : pollMs });
  useLiveRefresh(latest, { concerns: (event) => project === undefined || isOfProject(event, project) });
  const events = latest.data?.items;
  if (events) before.current ??= new Set(isFirst ? [] : events.map(({ id }) => id));
  return events?.filter(({ id }) => !before.current?.has(id)) ?? [];
}
