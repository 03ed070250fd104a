import { KeyRound } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { CopyButton } from './copy-button.tsx';

interface OneTimeSecretProps {
  /** What it is: "Token of deploy-bot". */
  readonly label: string;
  readonly secret: string;
  /** What it is for, and where it goes. */
  readonly note: ReactNode;
}

/** A secret that the server tells once. It takes the focus as it appears, so that nobody misses it. */
export function OneTimeSecret({ label, secret, note }: OneTimeSecretProps) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-label={label}
      className="overflow-hidden rounded border border-line-strong focus:outline-none"
    >
      <div className="flex items-center gap-2 border-b bg-surface py-1.5 pr-1.5 pl-3">
        <KeyRound aria-hidden size={13} className="shrink-0 text-muted" />
        <span className="min-w-0 flex-1 truncate text-sm font-medium text-muted">{label}</span>
        <CopyButton text={secret}>Copy</CopyButton>
      </div>
      <code className="block bg-canvas px-3 py-2.5 text-base select-all [overflow-wrap:anywhere]">{secret}</code>
      <p className="border-t bg-waiting-tint px-3 py-2 text-sm text-soft">
        <span className="font-medium text-waiting">It is not shown again.</span> {note}
      </p>
    </section>
  );
}
