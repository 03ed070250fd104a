import { ChevronRight } from 'lucide-react';
import { useId } from 'react';
import type { HookDelivery } from '../../../contract/hooks.ts';
import { formatDuration } from '../../lib/time-format.ts';
import { useNow } from '../../ui/now.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { DeliveryDetails } from './delivery-details.tsx';
import { answerText, DeliveryIcon, DeliveryWord } from './delivery-mark.tsx';

interface DeliveryEntryProps {
  readonly hook: number;
  readonly delivery: HookDelivery;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly onRedelivered: (delivery: HookDelivery) => void;
}

/** One delivery in the log; opening it shows the request and the answer. */
export function DeliveryEntry({ hook, delivery, open, onToggle, onRedelivered }: DeliveryEntryProps) {
  const id = useId();
  const { event, attempts, created_at, next_attempt_at: next, redelivery } = delivery;
  return (
    <li className="flex gap-2.5 border-b py-2 last:border-b-0" data-delivery={delivery.id}>
      <span className="flex size-5 shrink-0 translate-y-1 items-center justify-center">
        <DeliveryIcon delivery={delivery} size={14} />
      </span>
      <div className="min-w-0 flex-1">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={onToggle}
          className="flex w-full items-center gap-x-2 rounded px-1.5 py-1 text-left hover:bg-hover"
        >
          <span className="min-w-0 font-mono text-sm font-semibold break-all">{event}</span>
          <span className="text-sm">
            <DeliveryWord delivery={delivery} />
          </span>
          <RelativeTime at={created_at} className="ml-auto text-sm text-muted" />
          <ChevronRight
            aria-hidden
            size={14}
            className={`shrink-0 text-muted transition-transform duration-100 ${open ? 'rotate-90' : ''}`}
          />
        </button>
        <p className="flex flex-wrap gap-x-3 px-1.5 text-sm text-muted">
          {attempts === 0 ? null : <span>{answerText(delivery)}</span>}
          {attempts > 1 ? <span>{attempts} attempts</span> : null}
          {next === null ? null : <NextAttempt at={next} />}
          {redelivery ? <span>redelivered</span> : null}
        </p>
        <div id={id} hidden={!open}>
          {open ? <DeliveryDetails hook={hook} delivery={delivery} onRedelivered={onRedelivered} /> : null}
        </div>
      </div>
    </li>
  );
}

/** `next attempt in 4m 12s`, ticking. */
function NextAttempt({ at }: { at: string }) {
  const then = Date.parse(at);
  const text = useNow((now) => (then > now ? `next attempt in ${formatDuration(then - now)}` : 'next attempt now'));
  return <span>{text}</span>;
}
