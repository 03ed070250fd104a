import { ChevronRight } from 'lucide-react';
import type { IncomingDelivery } from '../../../contract/incoming.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { sourceNames } from './incoming-words.ts';
import { StateMark } from './state-mark.tsx';

/** One webhook that came in; pressing it opens what it holds. */
export function InboxEntry({ delivery, onOpen }: { delivery: IncomingDelivery; onOpen: () => void }) {
  const { id, event, source, state, reason, received_at } = delivery;
  return (
    <li className="border-b" data-delivery={id}>
      <button
        type="button"
        onClick={onOpen}
        className="grid w-full grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-0.5 px-4 py-2 text-left outline-offset-[-2px] hover:bg-surface"
      >
        <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-0.5">
          <span className="w-20 shrink-0">
            <StateMark state={state} />
          </span>
          <span className="min-w-0 font-mono text-sm font-medium [overflow-wrap:anywhere]">{event || 'no event'}</span>
          <span className="text-sm text-muted">{sourceNames[source]}</span>
        </span>
        <span className="flex items-center gap-2 text-sm text-muted">
          <RelativeTime at={received_at} />
          <ChevronRight aria-hidden size={14} />
        </span>
        {reason === null ? null : (
          <span className="col-span-2 line-clamp-2 text-sm break-words text-failed md:pl-[92px]">{reason}</span>
        )}
      </button>
    </li>
  );
}
