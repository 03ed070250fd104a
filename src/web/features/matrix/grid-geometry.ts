import type { Matrix } from '../../../contract/matrix.ts';
import type { ArrangedColumn } from './column-arrangement.ts';
import type { MatrixItem } from './matrix-view.ts';

export const headHeight = 48;
export const groupHeight = 30;
export const nameWidth = 224;
const leastColumnWidth = 172;
const lineHeight = 18;
const rowHeight = 54;

/** Heights follow from the data, so nothing is measured and nothing jumps. */
export function itemHeight(item: MatrixItem | undefined): number {
  if (item?.kind === 'group') return groupHeight;
  return rowHeight + (item?.extraLines ?? 0) * lineHeight;
}

export interface SizedColumn extends ArrangedColumn {
  readonly width: number;
  /** Left edge among all columns, after the names. */
  readonly start: number;
}

/** As wide as the longest version needs, for a version is never cut; what is left over is shared out. */
export function sizeColumns(columns: readonly ArrangedColumn[], matrix: Matrix, room: number, characterWidth: number): readonly SizedColumn[] {
  const needed = columns.map(({ name }) => {
    const longest = Math.max(0, ...matrix.rows.map((row) => longestVersion(row.slots[name])));
    return Math.max(leastColumnWidth, Math.ceil(longest * characterWidth) + 48);
  });
  const total = needed.reduce((sum, width) => sum + width, 0);
  const share = Math.max(0, Math.floor((room - nameWidth - total) / Math.max(1, columns.length)));
  let start = 0;
  return columns.map((column, index) => {
    const width = (needed[index] ?? leastColumnWidth) + share;
    start += width;
    return { ...column, width, start: start - width };
  });
}

function longestVersion(slot: Matrix['rows'][number]['slots'][string] | undefined): number {
  return Math.max(slot?.current.version?.length ?? 7, slot?.last_successful?.version?.length ?? 0);
}

/** The width of one character of the versions' face, in CSS pixels. */
export function measureCharacter(): number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return 7.5;
  const face = getComputedStyle(document.documentElement).getPropertyValue('--font-mono');
  context.font = `500 12px ${face || 'monospace'}`;
  return context.measureText('0000000000').width / 10;
}
