import type { ReactNode } from 'react';

/** Stands where the rows of a section would be, and says how the first one comes. */
export function NothingHere({ children }: { children: ReactNode }) {
  return (
    <div className="border-y px-4 py-6 text-muted">
      <p className="max-w-measure">{children}</p>
    </div>
  );
}
