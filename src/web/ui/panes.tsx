import type { ReactNode } from 'react';

/** Two things to compare, side by side; one below the other on a telephone. */
export function Panes({ children, className = '' }: { children: ReactNode; className?: string }) {
  return <div className={`grid rounded border md:grid-cols-2 ${className}`}>{children}</div>;
}

interface PaneProps {
  readonly title: string;
  readonly icon?: ReactNode;
  /** What kind of heading the title is where it stands. */
  readonly heading: 'h2' | 'h3';
  readonly children: ReactNode;
}

export function Pane({ title, icon, heading: Heading, children }: PaneProps) {
  return (
    <section
      aria-label={title}
      className="min-w-0 px-4 py-3 not-first:border-t md:not-first:border-t-0 md:not-first:border-l"
    >
      <Heading className="flex items-center gap-1.5 pb-1 text-sm font-medium text-muted">
        {icon}
        {title}
      </Heading>
      {children}
    </section>
  );
}
