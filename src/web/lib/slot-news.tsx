import type { ReactNode } from 'react';
import type { DeploymentEvent } from '../../contract/deployment-event.ts';
import type { MatrixSlot } from '../../contract/matrix.ts';
import { stillWaiting } from '../../contract/slots.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import { statusLook, toneText } from '../ui/status-look.ts';
import { StatusIcon } from '../ui/status-mark.tsx';
import { shortVersion } from './short-version.ts';

/** What runs well where something is under way or failed. */
export function StillGood({ event, children }: { event: DeploymentEvent; children?: ReactNode }) {
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-x-1.5 text-sm text-muted">
      <StatusIcon status="success" size={12} />
      <span className="font-mono text-xs font-medium text-soft [overflow-wrap:anywhere]">{shortVersion(event)}</span>
      still good, <RelativeTime at={event.happened_at} tip={false} />
      {children}
    </p>
  );
}

/** What came or waits after what a slot is at. */
export function SlotNews({ slot }: { slot: MatrixSlot }) {
  const waits = stillWaiting(slot);
  return (
    <>
      {slot.next ? <News event={slot.next} /> : null}
      {waits?.newest ? <News event={waits.newest} /> : null}
      {waits && waits.more > 0 ? <p className="text-sm text-waiting">{waits.more} more waiting</p> : null}
    </>
  );
}

function News({ event }: { event: DeploymentEvent }) {
  const { word, tone } = statusLook(event.status);
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-x-1.5 text-sm text-muted">
      <StatusIcon status={event.status} size={12} />
      <span className={toneText[tone]}>{word}</span>
      <span className="font-mono text-xs text-soft [overflow-wrap:anywhere]">{shortVersion(event)}</span>
      <RelativeTime at={event.happened_at} tip={false} />
    </p>
  );
}
