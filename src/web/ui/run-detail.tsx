import type { ReactNode } from 'react';
import { OutsideLink } from './outside-link.tsx';

/** The pipeline run among other facts; undefined where none is known. */
export function runDetail(url: string | undefined, number: number | undefined): ReactNode {
  if (url === undefined) return number === undefined ? undefined : `#${number}`;
  return <OutsideLink url={url}>{number === undefined ? 'Open the run' : `#${number}`}</OutsideLink>;
}
