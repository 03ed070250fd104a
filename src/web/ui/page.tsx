import type { ReactNode } from 'react';
import { LinkStrip } from './link-strip.tsx';

/** What scrolls when a page does; its place is found again on the way back. */
export const scrollsPage = { 'data-scroll-restoration-id': 'page' } as const;
export const pageScroller = '[data-scroll-restoration-id="page"]';

/** A page that scrolls as a whole, in the middle of a wide screen. */
export function ScrollPage({ children }: { children: ReactNode }) {
  return (
    <div {...scrollsPage} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
      <div className="mx-auto max-w-page pb-12">{children}</div>
    </div>
  );
}

interface SettingsGridProps {
  readonly label: string;
  /** Links with `sideLink` as their look. */
  readonly links: ReactNode;
  readonly children: ReactNode;
}

/** Settings with the way from one to the other beside them; above them on a telephone. */
export function SettingsGrid({ label, links, children }: SettingsGridProps) {
  return (
    <div className="md:grid md:grid-cols-[196px_minmax(0,1fr)] md:gap-6 md:pt-4">
      <LinkStrip
        label={label}
        className="gap-0.5 border-b px-3 py-2 md:sticky md:top-4 md:mt-3.5 md:flex-col md:self-start md:border-b-0 md:py-0 md:pl-1.5"
      >
        {links}
      </LinkStrip>
      <div className="min-w-0">{children}</div>
    </div>
  );
}

export const sideLink =
  'flex h-8 shrink-0 items-center rounded px-2.5 text-muted transition-colors duration-100 hover:bg-hover hover:text-fg aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-fg md:h-7 focus-visible:-outline-offset-2';

/** Where the system chooses the colours, only the current one keeps its edge. */
export const tabLink =
  'flex h-9 shrink-0 items-center focus-visible:-outline-offset-2 border-b-2 border-transparent font-medium text-muted transition-colors duration-100 hover:text-fg aria-[current=page]:border-fg aria-[current=page]:text-fg forced-colors:not-aria-[current=page]:border-[Canvas]';

/** A few views of the same things beside one another, each a link, a button or a tab with `segment`. */
export const segments = 'inline-flex shrink-0 rounded border border-line-strong p-px';
export const segment =
  'flex h-7 items-center justify-center gap-1.5 rounded-[4px] px-2.5 font-medium text-muted transition-colors duration-100 hover:text-fg aria-[current=page]:bg-pressed aria-[current=page]:text-fg aria-pressed:bg-pressed aria-pressed:text-fg data-[state=active]:bg-pressed data-[state=active]:text-fg md:h-6';

/** The heading of a part of a page. */
export const sectionTitle = 'text-lg font-semibold';

interface PageSectionProps {
  readonly title: string;
  /** One or two sentences: what it is for. */
  readonly about?: ReactNode;
  /** Buttons, at the end of the head. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page under its own heading. */
export function PageSection({ title, about, actions, children }: PageSectionProps) {
  return (
    <section aria-label={title} className="pt-4 [section~&]:mt-6">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5 px-4 pb-3 md:gap-x-4 md:grid md:grid-cols-[minmax(0,1fr)_auto] md:gap-y-0">
        <h2 className={`flex-auto ${sectionTitle}`}>{title}</h2>
        {actions === undefined ? null : (
          <div className="flex shrink-0 gap-1.5 md:col-start-2 md:row-span-2 md:row-start-1 md:self-start">
            {actions}
          </div>
        )}
        {about === undefined ? null : <p className="max-w-measure basis-full text-muted md:col-start-1">{about}</p>}
      </div>
      {children}
    </section>
  );
}
