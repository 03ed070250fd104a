import { visibleMarks } from '../lib/visible-marks.ts';

/** Where the focus goes when what had it is gone. */
export function pageHeading(): HTMLElement | null {
  return document.querySelector<HTMLElement>('#main h1');
}

/** The name of the tab. Of several, that of what came last counts: a drawer's, for as long as it lies over its page. */
export function TabTitle({ children }: { children: string }) {
  return <title>{`${visibleMarks(children)} · Shiplog`}</title>;
}

/** The page's heading, for those who navigate by headings, and the name of its tab. */
export function PageTitle({ children }: { children: string }) {
  return (
    <>
      <TabTitle>{children}</TabTitle>
      <h1 tabIndex={-1} className="sr-only">
        {children}
      </h1>
    </>
  );
}
