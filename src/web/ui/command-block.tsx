import type { ReactNode } from 'react';
import { visibleMarks } from '../lib/visible-marks.ts';
import { CopyButton } from './copy-button.tsx';

interface CommandBlockProps {
  readonly command: string;
  /** What it is written in. */
  readonly language?: string;
  /** What is copied. */
  readonly what?: string;
  /** Further buttons beside the one that copies it. */
  readonly children?: ReactNode;
}

/** A command, or other code, to copy. Long lines are broken: nothing of it hides at the side. */
export function CommandBlock({ command, language = 'Shell', what = 'command', children }: CommandBlockProps) {
  return (
    <div className="w-full overflow-hidden rounded border border-line-strong">
      <div className="flex flex-wrap items-center gap-2 border-b bg-surface py-1.5 pr-1.5 pl-3">
        <span className="flex-1 text-sm font-medium text-muted">{language}</span>
        {children}
        <CopyButton text={command}>Copy {what}</CopyButton>
      </div>
      <pre className="bg-canvas px-3 py-2.5 text-sm leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]">
        {visibleMarks(command)}
      </pre>
    </div>
  );
}
