import { ShieldCheck } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import type { ProtectedEnvironment } from '../../../contract/protected-environments.ts';
import { tiers } from '../../../contract/tiers.ts';
import { useAsked } from '../../lib/use-asked.ts';
import { Button } from '../../ui/button.tsx';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { PageSection } from '../../ui/page.tsx';
import { ProtectionDialog } from './protection-dialog.tsx';
import type { ProtectionHolder } from './protection-holder.ts';
import { ProtectionTable } from './protection-table.tsx';
import { nothingText, placeText, sectionWords } from './protection-words.ts';
import { UnprotectDialog } from './unprotect-dialog.tsx';

interface ProtectionListProps {
  readonly holder: ProtectionHolder;
  readonly items: readonly ProtectedEnvironment[];
  /** What the groups above protect. */
  readonly inherited: readonly ProtectedEnvironment[];
  readonly mayChange: boolean;
  /** Said before the list, where it may be old. */
  readonly failure: ReactNode;
  /** The way to the rest. */
  readonly more: ReactNode;
}

/** What the reader is asked by a dialog. */
type Asked =
  | { readonly action: 'protect' }
  | { readonly action: 'edit' | 'unprotect'; readonly protection: ProtectedEnvironment };

/** Protections with what can be done with them. */
export function ProtectionList({ holder, items, inherited, mayChange, failure, more }: ProtectionListProps) {
  const button = useRef<HTMLButtonElement>(null);
  const { asked, ask, close, done, returnFocus } = useAsked<Asked>(() => button.current);
  const words = sectionWords[holder.kind];
  const isFull = holder.kind === 'group' && items.length === tiers.length;
  const protect = (
    <Button ref={button} look="primary" onClick={() => ask({ action: 'protect' })}>
      <ShieldCheck aria-hidden size={14} />
      {words.act}
    </Button>
  );
  return (
    <PageSection title={words.title} about={words.about} actions={mayChange && !isFull ? protect : undefined}>
      {failure}
      {items.length === 0 ? (
        <NothingHere>{nothingText(holder, mayChange)}</NothingHere>
      ) : (
        <ProtectionTable
          label={words.title}
          protections={items}
          onAct={mayChange ? (action, protection) => ask({ action, protection }) : undefined}
        />
      )}
      {more}
      {inherited.length === 0 ? null : <Inherited protections={inherited} />}
      {asked?.action === 'unprotect' ? (
        <UnprotectDialog
          holder={holder}
          protection={asked.protection}
          inherits={inherited.length > 0}
          onClose={close}
          onDone={() => done(`${placeText(asked.protection)} is not protected any more.`)}
          returnFocus={returnFocus}
        />
      ) : asked ? (
        <ProtectionDialog
          holder={holder}
          protection={asked.action === 'edit' ? asked.protection : undefined}
          taken={items.map(({ name }) => name)}
          onClose={close}
          onSaved={(saved) => done(savedText(saved, asked.action === 'edit'))}
        />
      ) : null}
    </PageSection>
  );
}

function savedText(saved: ProtectedEnvironment, isOld: boolean): string {
  return isOld ? `The protection of ${placeText(saved)} is saved.` : `${placeText(saved)} is protected.`;
}

function Inherited({ protections }: { protections: readonly ProtectedEnvironment[] }) {
  return (
    <div className="pt-6">
      <h3 className="px-4 pb-2 font-semibold">From the groups above</h3>
      <ProtectionTable label="From the groups above" protections={protections} inherited />
    </div>
  );
}
