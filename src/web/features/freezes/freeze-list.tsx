import { Plus } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import type { FreezePeriod, FreezePeriodList } from '../../../contract/freeze-periods.ts';
import { Button } from '../../ui/button.tsx';
import { PageSection } from '../../ui/page.tsx';
import { useToast } from '../../ui/toast.tsx';
import { DeleteFreezeDialog } from './delete-freeze-dialog.tsx';
import { FreezeDialog } from './freeze-dialog.tsx';
import { freezeText } from './freeze-name.tsx';
import { FreezeTable } from './freeze-table.tsx';
import { FrozenBanner } from './frozen-banner.tsx';

interface FreezeListProps {
  readonly project: string;
  readonly list: FreezePeriodList;
  readonly mayChange: boolean;
  /** Said before the list, where it may be old. */
  readonly failure: ReactNode;
}

/** What the section says of itself. */
export const freezeWords = {
  title: 'Freeze periods',
  about: 'Times at which nothing is deployed. What has happened nevertheless is recorded, and marked as frozen.',
} as const;

/** What the reader is asked by a dialog. */
type Asked = { readonly action: 'create' } | { readonly action: 'edit' | 'delete'; readonly period: FreezePeriod };

/** Freeze periods with what can be done with them, and whether one holds now. */
export function FreezeList({ project, list, mayChange, failure }: FreezeListProps) {
  const [asked, setAsked] = useState<Asked>();
  const button = useRef<HTMLButtonElement>(null);
  const isDone = useRef(false);
  const tell = useToast();
  const ask = (next: Asked) => {
    isDone.current = false;
    setAsked(next);
  };
  const close = () => setAsked(undefined);
  const done = (text: string) => {
    isDone.current = true;
    close();
    tell(text);
  };
  const create = (
    <Button ref={button} look="primary" onClick={() => ask({ action: 'create' })}>
      <Plus aria-hidden size={14} />
      New freeze period
    </Button>
  );
  return (
    <PageSection {...freezeWords} actions={mayChange ? create : undefined}>
      {failure}
      <FrozenBanner list={list} />
      {list.items.length === 0 ? (
        <p className="border-t px-4 py-6 text-muted">{nothingText(project, mayChange)}</p>
      ) : (
        <FreezeTable periods={list.items} onAct={mayChange ? (action, period) => ask({ action, period }) : undefined} />
      )}
      {asked?.action === 'delete' ? (
        <DeleteFreezeDialog
          project={project}
          period={asked.period}
          onClose={close}
          onDeleted={() => done('The freeze period is deleted.')}
          // What was pressed is gone with its row.
          returnFocus={() => (isDone.current ? button.current : null)}
        />
      ) : asked ? (
        <FreezeDialog
          project={project}
          period={asked.action === 'edit' ? asked.period : undefined}
          onClose={close}
          onSaved={(saved) => done(`The freeze period ${freezeText(saved)} is saved.`)}
        />
      ) : null}
    </PageSection>
  );
}

function nothingText(project: string, mayChange: boolean): string {
  const open = `${project} can be deployed at any time.`;
  return mayChange ? `${open} A freeze period keeps weekends, nights or holidays free of deployments.` : open;
}
