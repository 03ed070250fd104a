import type { ReactNode } from 'react';

export interface Fact {
  readonly term: string;
  /** Absent: nothing is known, and the term is left out, too. */
  readonly detail: ReactNode;
}

/** What is known of one thing: terms, and what they are. */
export function Facts({ items }: { items: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-[minmax(88px,max-content)_minmax(0,1fr)] gap-x-4 gap-y-1">
      {items.map(({ term, detail }) =>
        detail === undefined || detail === null || detail === '' ? null : (
          <div key={term} className="col-span-2 grid grid-cols-subgrid items-baseline">
            <dt className="text-sm leading-5 text-muted">{term}</dt>
            <dd className="min-w-0 [overflow-wrap:anywhere]">{detail}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
