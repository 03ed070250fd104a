import { Check, Copy, type LucideIcon, X } from 'lucide-react';
import { type MouseEvent, type ReactNode, useEffect, useState } from 'react';
import { Button, IconButton } from './button.tsx';

type Outcome = 'copied' | 'failed';

/** How long the button says what became of it. */
const shownMs = { copied: 1600, failed: 4000 } as const;

function useCopy(text: string) {
  const [outcome, setOutcome] = useState<Outcome>();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), shownMs[outcome]);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    setOutcome((await writeClipboard(text, currentTarget)) ? 'copied' : 'failed');
  };
  return { outcome, copy };
}

const outcomeWords = { copied: 'Copied', failed: 'Not copied' } as const;
const outcomeIcons = { copied: Check, failed: X } as const;
const outcomeTones = { copied: 'text-success', failed: 'text-failed' } as const;

/** Says whether it went well. A page served over plain http has no clipboard API, except on localhost. */
async function writeClipboard(text: string, button: HTMLElement): Promise<boolean> {
  if ('clipboard' in navigator) {
    const isWritten = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    if (isWritten) return true;
  }
  return copyFromField(text, button);
}

/** Copies what is selected in a field beside the button: an open dialog lets the focus go nowhere else. */
function copyFromField(text: string, button: HTMLElement): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'fixed top-0 left-0 size-px opacity-0';
  button.after(field);
  field.focus({ preventScroll: true });
  field.select();
  const isCopied = document.activeElement === field && document.execCommand('copy');
  field.remove();
  button.focus({ preventScroll: true });
  return isCopied;
}

interface CopyIconButtonProps {
  readonly text: string;
  readonly what: string;
  readonly className?: string;
  readonly icon?: LucideIcon;
}

/** `what` names the thing: "version", "command". */
export function CopyIconButton({ text, what, className = '', icon = Copy }: CopyIconButtonProps) {
  const { outcome, copy } = useCopy(text);
  const Icon = outcome ? outcomeIcons[outcome] : icon;
  return (
    <IconButton
      label={outcome ? outcomeWords[outcome] : `Copy ${what}`}
      onClick={copy}
      className={`!size-6 print:hidden ${className}`}
    >
      <Icon aria-hidden size={13} className={outcome ? outcomeTones[outcome] : ''} />
    </IconButton>
  );
}

/** Copies a text, and says whether that went well. */
export function CopyButton({ text, children }: { text: string; children: ReactNode }) {
  const { outcome, copy } = useCopy(text);
  const Icon = outcome ? outcomeIcons[outcome] : Copy;
  return (
    <Button onClick={copy}>
      <Icon aria-hidden size={14} className={outcome ? outcomeTones[outcome] : 'text-muted'} />
      <span aria-live="polite">{outcome ? outcomeWords[outcome] : children}</span>
    </Button>
  );
}
