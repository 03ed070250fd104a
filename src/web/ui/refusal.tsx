import type { ReactNode } from 'react';

/** Why what was asked for was not done, said aloud at once. */
export function Refusal({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="rounded bg-failed-tint px-3 py-2 break-words whitespace-pre-line text-failed">
      {children}
    </p>
  );
}
