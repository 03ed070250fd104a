import { Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Hook } from '../../../contract/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { PageSection } from '../../ui/page.tsx';
import { pageHeading } from '../../ui/page-title.tsx';
import { useToast } from '../../ui/toast.tsx';
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
  const tell = useToast();
  const [asked, setAsked] = useState<Asked>();
  const isDone = useRef(false);
  const ask = (next: Asked | undefined) => {
    isDone.current = false;
    setAsked(next);
  };
  const done = (text: string) => {
    isDone.current = true;
    setAsked(undefined);
    tell(text);
  };
  const dialog = {
    project,
    onClose: () => ask(undefined),
    // What was pressed may be gone by what was done.
    returnFocus: () => (isDone.current ? pageHeading() : null),
  };
  const onCreate = () => ask({ action: 'create' });
  return (
    <>
      {hooks.length === 0 ? (
        <HooksEmpty project={project} onCreate={onCreate} />
      ) : (
        <PageSection
          title="Webhooks"
          about="What is told to other servers, and how that went."
          actions={
            <Button look="primary" onClick={onCreate}>
              <Plus aria-hidden size={14} />
              New webhook
            </Button>
          }
        >
          <ul aria-label={`Webhooks of ${project}`} className="border-t">
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
        </PageSection>
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
