import { History, Pause, Pencil, Send, Trash2 } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import type { Hook } from '../../../contract/hooks.ts';
import { refusalText } from '../../lib/refusal.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { DeliveryMark } from './delivery-mark.tsx';
import { shapeWords, topicWords } from './hook-words.ts';
import { useTestHook } from './test-hook-mutation.ts';
import { TestOutcome } from './test-outcome.tsx';

interface HookEntryProps {
  readonly project: string;
  readonly hook: Hook;
  readonly onAct: (action: 'edit' | 'delete') => void;
  /** Opens its log, at one delivery or at none. */
  readonly onOpen: (delivery: number | undefined) => void;
}

/** One webhook: where it sends what, how the last delivery went, and what can be done with it. */
export function HookEntry({ project, hook, onAct, onOpen }: HookEntryProps) {
  const id = useId();
  const test = useTestHook(project, hook.id);
  return (
    <article aria-labelledby={id} className="border-b px-4 py-3">
      <div className="grid gap-x-4 gap-y-2 md:grid-cols-[minmax(0,1fr)_auto]">
        <div className="flex min-w-0 flex-col gap-0.5">
          <h3 id={id} className="font-mono text-sm leading-5 font-semibold [overflow-wrap:anywhere]">
            {hook.url}
          </h3>
          <p className="text-sm text-muted">{factsOf(hook).join(' · ')}</p>
          <LastDelivery hook={hook} />
        </div>
        <div className="flex items-center gap-1.5 md:self-start">
          <Button disabled={test.isPending} onClick={() => test.mutate()}>
            <Send aria-hidden size={13} className="text-muted" />
            {test.isPending ? 'Sending' : 'Test'}
          </Button>
          <Button onClick={() => onOpen(undefined)}>
            <History aria-hidden size={13} className="text-muted" />
            Deliveries
          </Button>
          <span className="flex-1" />
          <IconButton label={`Change ${hook.url}`} onClick={() => onAct('edit')}>
            <Pencil aria-hidden size={14} />
          </IconButton>
          <IconButton label={`Delete ${hook.url}`} onClick={() => onAct('delete')}>
            <Trash2 aria-hidden size={14} />
          </IconButton>
        </div>
      </div>
      <div role="status">
        {test.data ? <TestOutcome delivery={test.data} onOpen={() => onOpen(test.data.id)} /> : null}
      </div>
      {test.error ? (
        <p role="alert" className="mt-2 text-sm break-words whitespace-pre-line text-failed">
          The test could not be sent. {refusalText(test.error)}
        </p>
      ) : null}
    </article>
  );
}

function factsOf({ shape, topics, has_secret, verify_tls }: Hook): readonly string[] {
  return [
    shapeWords[shape].label,
    topics.length === 0 ? 'Told of nothing' : topics.map((topic) => topicWords[topic].label).join(', '),
    has_secret ? 'with a secret' : 'without a secret',
    ...(verify_tls ? [] : ['TLS not checked']),
  ];
}

function LastDelivery({ hook: { active, last_delivery: last } }: { hook: Hook }): ReactNode {
  return (
    <p className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
      {active ? null : (
        <span className="inline-flex items-center gap-1.5 font-medium text-waiting">
          <Pause aria-hidden size={13} strokeWidth={2.1} />
          Paused
        </span>
      )}
      {last ? (
        <>
          <DeliveryMark delivery={last} />
          <RelativeTime at={last.created_at} />
        </>
      ) : (
        <span>Nothing sent yet</span>
      )}
    </p>
  );
}
