import { RotateCw } from 'lucide-react';
import type { IncomingDeliveryDetails } from '../../../contract/incoming.ts';
import { refusalText } from '../../lib/refusal.ts';
import { headerLines, readableBody } from '../../lib/sent-text.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { TextBlock } from '../../ui/text-block.tsx';
import { CopyLine } from './copy-line.tsx';
import { sourceNames, stateWords } from './incoming-words.ts';
import { useReplay } from './replay-mutation.ts';
import { StateMark } from './state-mark.tsx';

interface DeliveryContentProps {
  readonly project: string;
  readonly details: IncomingDeliveryDetails;
}

/** What came, and what became of it. */
export function DeliveryContent({ project, details }: DeliveryContentProps) {
  const { id, state, reason, source, delivery_id, received_at, settled_at, headers, body } = details;
  const replay = useReplay(project);
  return (
    <div className="flex flex-col gap-4 px-5 py-4">
      <div className="flex items-start gap-3">
        <div role="status" className="min-w-0 flex-1">
          <StateMark state={state} /> <span className="text-muted">{stateWords[state].sentence}</span>
          {reason === null ? null : <p className="pt-1 break-words text-failed">{reason}</p>}
        </div>
        <Button disabled={replay.isPending || state === 'waiting'} onClick={() => replay.mutate(id)}>
          <RotateCw aria-hidden size={13} className="text-muted" />
          {replay.isPending || state === 'waiting' ? 'Reading' : 'Replay'}
        </Button>
      </div>
      {replay.error ? <Refusal>It could not be replayed. {refusalText(replay.error)}</Refusal> : null}
      <Facts
        items={[
          { term: 'From', detail: sourceNames[source] },
          { term: 'Delivery', detail: <CopyLine text={delivery_id} what="delivery id" /> },
          { term: 'Came', detail: <RelativeTime at={received_at} /> },
          { term: 'Read', detail: settled_at === null ? undefined : <RelativeTime at={settled_at} /> },
        ]}
      />
      <p className="text-sm text-muted">
        A replay reads it anew, for example after an update of Shiplog. What it has recorded before is not recorded
        twice.
      </p>
      <TextBlock label="Headers" text={headerLines(headers)} />
      <TextBlock label="Body" text={readableBody(body)} copied={body} />
    </div>
  );
}
