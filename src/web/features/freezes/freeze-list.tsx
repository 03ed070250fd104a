import { Plus } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import type { FreezePeriod, FreezePeriodList } from '../../../contract/freeze-periods.ts';
import { useAsked } from '../../lib/use-asked.ts';
import { Button } from '../../ui/button.tsx';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { PageSection } from '../../ui/page.tsx';
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
  const button = useRef<HTMLButtonElement>(null);
  const { asked, ask, close, done, returnFocus } = useAsked<Asked>(() => button.current);
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
        <NothingHere>{nothingText(project, mayChange)}</NothingHere>
      ) : (
        <FreezeTable periods={list.items} onAct={mayChange ? (action, period) => ask({ action, period }) : undefined} />
      )}
      {asked?.action === 'delete' ? (
        <DeleteFreezeDialog
          project={project}
          period={asked.period}
          onClose={close}
          onDeleted={() => done('The freeze period is deleted.')}
          returnFocus={returnFocus}
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
