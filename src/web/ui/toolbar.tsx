import type { ReactNode } from 'react';

/** The filters of a page, beside each other; on a telephone a strip of their own that scrolls. */
export function FilterStrip({ children }: { children: ReactNode }) {
  return (
    // The padding has room for the ring of what has the focus.
    <div className="-mx-4 -my-1 flex gap-1.5 overflow-x-auto px-4 py-1 [scrollbar-width:none] md:contents">
      {children}
    </div>
  );
}
