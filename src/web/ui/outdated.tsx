import type { ReactNode } from 'react';

interface OutdatedProps {
  /** What was asked for since is on its way. */
  readonly when: boolean;
  readonly children: ReactNode;
}

/** What is shown stays until what was asked for since is there, and pales where that takes longer than a moment. */
export function Outdated({ when, children }: OutdatedProps) {
  return (
    <div
      aria-busy={when}
      className={when ? 'opacity-50 transition-opacity delay-200 duration-100 motion-reduce:transition-none' : ''}
    >
      {children}
    </div>
  );
}
