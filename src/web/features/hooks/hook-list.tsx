import { Plus } from 'lucide-react';
import type { Hook } from '../../../contract/hooks.ts';
import { useAsked } from '../../lib/use-asked.ts';
import { Button } from '../../ui/button.tsx';
import { PageSection } from '../../ui/page.tsx';
import { pageHeading } from '../../ui/page-title.tsx';
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
  const { asked, ask, close, done, returnFocus } = useAsked<Asked>(pageHeading);
  const dialog = { project, onClose: close, returnFocus };
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
