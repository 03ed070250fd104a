import { Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Hook } from '../../../contract/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { DeleteHookDialog } from './delete-hook-dialog.tsx';
import { HookDialog } from './hook-dialog.tsx';
import { HookEntry } from './hook-entry.tsx';
import { HooksEmpty } from './hooks-empty.tsx';

interface HookListProps {
  readonly project: string;
  readonly hooks: readonly Hook[];
  readonly onOpen: (hook: Hook, delivery: number | undefined) => void;
}

/** What the reader is asked by a dialog. */
type Asked = { readonly action: 'create' } | { readonly action: 'edit' | 'delete'; readonly hook: Hook };

/** Webhooks with what can be done with them. */
export function HookList({ project, hooks, onOpen }: HookListProps) {
  const [asked, setAsked] = useState<Asked>();
  const [told, setTold] = useState('');
  const message = useRef<HTMLParagraphElement>(null);
  const isDone = useRef(false);
  const ask = (next: Asked | undefined) => {
    isDone.current = false;
    setAsked(next);
  };
  const done = (text: string) => {
    isDone.current = true;
    setAsked(undefined);
    setTold(text);
  };
  const dialog = {
    project,
    onClose: () => ask(undefined),
    // What was pressed may be gone by what was done: then the outcome takes the focus.
    returnFocus: () => (isDone.current ? message.current : null),
  };
  const onCreate = () => ask({ action: 'create' });
  return (
    <>
      <p
        ref={message}
        role="status"
        tabIndex={-1}
        className={told === '' ? 'sr-only' : 'border-y bg-surface px-4 py-2 break-words focus:outline-none'}
      >
        {told}
      </p>
      {hooks.length === 0 ? (
        <HooksEmpty project={project} onCreate={onCreate} />
      ) : (
        <>
          <ListHead onCreate={onCreate} />
          <ul aria-label={`Webhooks of ${project}`}>
            {hooks.map((hook) => (
              <li key={hook.id}>
                <HookEntry
                  project={project}
                  hook={hook}
                  onAct={(action) => ask({ action, hook })}
                  onOpen={(delivery) => onOpen(hook, delivery)}
                />
              </li>
            ))}
          </ul>
        </>
      )}
      {asked?.action === 'delete' ? (
        <DeleteHookDialog {...dialog} hook={asked.hook} onDeleted={() => done('The webhook is deleted.')} />
      ) : asked ? (
        <HookDialog
          {...dialog}
          hook={asked.action === 'edit' ? asked.hook : undefined}
          onSaved={({ url }) => done(`The webhook to ${url} is saved.`)}
        />
      ) : null}
    </>
  );
}

function ListHead({ onCreate }: { onCreate: () => void }) {
  return (
    <div className="flex min-h-12 items-center gap-3 border-b px-4 py-2">
      <p className="min-w-0 flex-1 text-muted">What is told to other servers, and how that went.</p>
      <Button look="primary" onClick={onCreate}>
        <Plus aria-hidden size={14} />
        New webhook
      </Button>
    </div>
  );
}
