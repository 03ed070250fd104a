import { useQuery } from '@tanstack/react-query';
import type { IncomingSecret } from '../../../contract/incoming.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { Awaiting } from '../../ui/awaiting.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { newestQuery } from './incoming-query.ts';
import { sourceNames } from './incoming-words.ts';
import { StateMark } from './state-mark.tsx';

const pollMs = 2000;

/** Waits, before the reader's eyes, for the first webhook that comes after the secret was made. */
export function FirstArrival({ secret: { project, source, created_at } }: { secret: IncomingSecret }) {
  const { client } = usePageServices();
  const newest = useQuery({ ...newestQuery(client, project), refetchInterval: pollMs });
  const since = Date.parse(created_at);
  const first = newest.data?.items.findLast(
    (delivery) => delivery.source === source && Date.parse(delivery.received_at) >= since,
  );
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded bg-surface px-3 py-2">
      {first ? (
        <>
          <StateMark state={first.state} />
          <span className="font-mono text-sm">{first.event || 'no event'}</span>
          <span className="text-muted">
            came <RelativeTime at={first.received_at} />
          </span>
          {first.reason === null ? null : <span className="basis-full break-words text-failed">{first.reason}</span>}
        </>
      ) : (
        <Awaiting>Waiting for the first webhook of {sourceNames[source]}</Awaiting>
      )}
    </p>
  );
}
