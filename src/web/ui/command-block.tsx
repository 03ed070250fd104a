import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';

/** A shell command to copy. `children` are further buttons beside the one that copies it. */
export function CommandBlock({ command, children }: { command: string; children?: ReactNode }) {
  return (
    <div className="overflow-hidden rounded border border-line-strong">
      <div className="flex flex-wrap items-center gap-2 border-b bg-surface py-1.5 pr-1.5 pl-3">
        <span className="flex-1 text-sm font-medium text-muted">Shell</span>
        {children}
        <CopyButton text={command}>Copy command</CopyButton>
      </div>
      <pre className="bg-canvas px-4 py-3 text-sm leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]">
        {command}
      </pre>
    </div>
  );
}
