import type { HookDelivery } from '../../../contract/hooks.ts';
import { formatLatency } from '../../lib/time-format.ts';
import { statusLook, toneText } from '../../ui/status-look.ts';
import { StatusIcon } from '../../ui/status-mark.tsx';

interface DeliveryLook {
  /** Whose icon and colour it has. */
  readonly like: string;
  readonly word: string;
}

function lookOf({ state, attempts }: HookDelivery): DeliveryLook {
  if (state === 'delivered') return { like: 'success', word: 'Delivered' };
  if (state === 'resent') return { like: 'skipped', word: 'Sent again' };
  if (state === 'given-up') return { like: 'failure', word: 'Failed' };
  return attempts === 0 ? { like: 'queued', word: 'Queued' } : { like: 'waiting', word: 'Will retry' };
}

export function DeliveryIcon({ delivery, size }: { delivery: HookDelivery; size: number }) {
  return <StatusIcon status={lookOf(delivery).like} size={size} />;
}

export function DeliveryWord({ delivery }: { delivery: HookDelivery }) {
  const { like, word } = lookOf(delivery);
  return <span className={`font-medium whitespace-nowrap ${toneText[statusLook(like).tone]}`}>{word}</span>;
}

/** Icon, word and colour, and the status of the last answer. */
export function DeliveryMark({ delivery }: { delivery: HookDelivery }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <DeliveryIcon delivery={delivery} size={12} />
      <DeliveryWord delivery={delivery} />
      <span className="whitespace-nowrap text-muted">{answerText(delivery)}</span>
    </span>
  );
}

/** `200 in 34 ms`, `no answer`; nothing before the first attempt. */
export function answerText({ attempts, status_code: code, duration_ms: duration }: HookDelivery): string {
  if (attempts === 0) return '';
  const said = code === null ? 'no answer' : String(code);
  return duration === null ? said : `${said} in ${formatLatency(duration)}`;
}
