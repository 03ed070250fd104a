import { Check, Copy, type LucideIcon } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Button, IconButton } from './button.tsx';

function useCopy(text: string) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await writeClipboard(text);
    setCopied(true);
  };
  return { copied, copy };
}

/** A page served over plain http has no clipboard API, except on localhost. */
async function writeClipboard(text: string): Promise<void> {
  if ('clipboard' in navigator) return navigator.clipboard.writeText(text);
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}

interface CopyIconButtonProps {
  readonly text: string;
  readonly what: string;
  readonly className?: string;
  readonly icon?: LucideIcon;
}

/** `what` names the thing: "version", "command". */
export function CopyIconButton({ text, what, className = '', icon = Copy }: CopyIconButtonProps) {
  const { copied, copy } = useCopy(text);
  const Icon = copied ? Check : icon;
  return (
    <IconButton
      label={copied ? 'Copied' : `Copy ${what}`}
      onClick={copy}
      className={`!size-6 print:hidden ${className}`}
    >
      <Icon aria-hidden size={13} className={copied ? 'text-success' : ''} />
    </IconButton>
  );
}

export function CopyButton({ text, children }: { text: string; children: ReactNode }) {
  const { copied, copy } = useCopy(text);
  const Icon = copied ? Check : Copy;
  return (
    <Button onClick={copy}>
      <Icon aria-hidden size={14} className={copied ? 'text-success' : 'text-muted'} />
      <span aria-live="polite">{copied ? 'Copied' : children}</span>
    </Button>
  );
}
