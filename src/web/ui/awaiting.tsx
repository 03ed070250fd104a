import type { ReactNode } from 'react';

/** What is waited for before the reader's eyes. */
export function Awaiting({ children }: { children: ReactNode }) {
  return (
    <span className="flex items-center gap-2 text-muted">
      <span aria-hidden className="size-[7px] shrink-0 animate-wait rounded-full bg-success" />
      {children}
    </span>
  );
}
