import type { ReactNode } from 'react';
import { safeLink } from '../lib/safe-link.ts';
import { OutsideLink } from './outside-link.tsx';

/** The pipeline run among other facts; undefined where none is known. */
export function runDetail(url: string | undefined, number: number | undefined): ReactNode {
  const run = number === undefined ? undefined : `#${number}`;
  if (url === undefined) return run;
  // What is no address of a page is shown as it came.
  return <OutsideLink url={url}>{safeLink(url) && (run ?? 'Open the run')}</OutsideLink>;
}
