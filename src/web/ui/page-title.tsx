import { visibleMarks } from '../lib/visible-marks.ts';

/** Where the focus goes when what had it is gone. */
export function pageHeading(): HTMLElement | null {
  return document.querySelector<HTMLElement>('#main h1');
}

/** The page's heading, for those who navigate by headings, and the name of its tab. */
export function PageTitle({ children }: { children: string }) {
  return (
    <>
      <title>{children === 'Shiplog' ? 'Shiplog' : `${visibleMarks(children)} · Shiplog`}</title>
      <h1 tabIndex={-1} className="sr-only">
        {children}
      </h1>
    </>
  );
}
