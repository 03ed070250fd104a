import { type ReactNode, useEffect, useRef } from 'react';

const widths = { text: 'max-w-[1000px]', wide: 'max-w-[1240px]' } as const;

/** What scrolls when a page does; its place is found again on the way back. */
export const scrollsPage = { 'data-scroll-restoration-id': 'page' } as const;
export const pageScroller = '[data-scroll-restoration-id="page"]';

/** A page that scrolls as a whole, in the middle of a wide screen. */
export function ScrollPage({ children, width = 'text' }: { children: ReactNode; width?: keyof typeof widths }) {
  return (
    <div {...scrollsPage} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
      <div className={`mx-auto ${widths[width]} pb-12`}>{children}</div>
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
  const strip = useRef<HTMLElement>(null);
  const shown = useRef<Element>(null);
  // On a telephone the page one is on may lie beyond the edge of the strip. It is looked for after each drawing, since
  // only whoever makes the links knows when another is current.
  useEffect(() => {
    const current = strip.current?.querySelector('[aria-current=page]') ?? null;
    if (!strip.current || !current || current === shown.current) return;
    shown.current = current;
    const [link, edge] = [current.getBoundingClientRect(), strip.current.getBoundingClientRect()];
    strip.current.scrollLeft += link.left - edge.left - (edge.width - link.width) / 2;
  });
  return (
    <div className="md:grid md:grid-cols-[196px_minmax(0,1fr)] md:gap-6 md:pt-4">
      <nav
        ref={strip}
        aria-label={label}
        className="flex gap-0.5 overflow-x-auto border-b px-3 py-2 [scrollbar-width:none] md:sticky md:top-4 md:mt-3.5 md:flex-col md:self-start md:border-b-0 md:py-0 md:pl-1.5"
      >
        {links}
      </nav>
      <div className="min-w-0">{children}</div>
    </div>
  );
}

export const sideLink =
  'flex h-8 shrink-0 items-center rounded px-2.5 text-muted transition-colors duration-100 hover:bg-hover hover:text-fg aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-fg md:h-7';

export const tabLink =
  'flex h-9 shrink-0 items-center border-b-2 border-transparent font-medium text-muted transition-colors duration-100 hover:text-fg aria-[current=page]:border-fg aria-[current=page]:text-fg';

/** A few views of the same things beside one another, each a link with `segmentLink`. */
export const segments = 'inline-flex rounded border border-line-strong p-px';
export const segmentLink =
  'flex h-7 items-center rounded-[4px] px-2.5 font-medium text-muted hover:text-fg aria-[current=page]:bg-pressed aria-[current=page]:text-fg md:h-6';

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
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 pb-3">
        <div className="min-w-0 flex-1 basis-56">
          <h2 className="text-lg font-semibold">{title}</h2>
          {about === undefined ? null : <p className="max-w-[72ch] text-muted">{about}</p>}
        </div>
        {actions === undefined ? null : <div className="flex shrink-0 gap-1.5">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
