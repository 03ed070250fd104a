import type { Matrix } from '../../../contract/matrix.ts';
import { slotIn } from '../../../contract/slots.ts';
import { shortVersion } from '../../lib/short-version.ts';
import type { ArrangedColumn } from './column-arrangement.ts';
import { isBehind, type LaggedSlot } from './lagged-matrix.ts';
import type { MatrixItem } from './matrix-view.ts';
import { behindPlace, longestVersion } from './slot-text.ts';

export const headHeight = 48;
export const groupHeight = 30;
export const nameWidth = 224;
const leastColumnWidth = 204;
const lineHeight = 18;
const rowHeight = 51;
const compactRowHeight = 31;

/** Heights follow from the data, so nothing is measured and nothing jumps. */
export function itemHeight(item: MatrixItem | undefined, compact: boolean): number {
  if (item?.kind === 'group') return groupHeight;
  return (compact ? compactRowHeight : rowHeight) + (item?.extraLines ?? 0) * lineHeight;
}

export interface SizedColumn extends ArrangedColumn {
  readonly width: number;
  /** Left edge among all columns, after the names. */
  readonly start: number;
}

/** As wide as the longest version needs, up to a bound; what is left over goes to the narrow ones. */
export function sizeColumns(
  columns: readonly ArrangedColumn[],
  matrix: Matrix,
  room: number,
  characterWidth: number,
): readonly SizedColumn[] {
  const needed = columns.map(({ name }) => {
    const longest = matrix.rows.reduce(
      (most, row) => Math.max(most, neededWidth(slotIn(row, name), characterWidth)),
      0,
    );
    return Math.max(leastColumnWidth, Math.ceil(longest));
  });
  const level = fillLevel(needed, room - nameWidth);
  let start = 0;
  return columns.map((column, index) => {
    const width = Math.max(needed[index] ?? leastColumnWidth, level);
    start += width;
    return { ...column, width, start: start - width };
  });
}

/** The width up to which narrow columns may grow so that all together fill the room. */
function fillLevel(needed: readonly number[], room: number): number {
  let left = room;
  let count = needed.length;
  for (const width of [...needed].sort((a, b) => b - a)) {
    if (count === 0 || width * count <= left) break;
    left -= width;
    count -= 1;
  }
  return count === 0 ? 0 : Math.floor(left / count);
}

const roomAroundVersion = 48;
/** Status, age and drift side by side below a version that leaves no room for the drift beside it. */
const roomForSecondLine = 256;

function neededWidth(slot: LaggedSlot | undefined, characterWidth: number): number {
  if (!slot) return 0;
  const version = Math.min(shortVersion(slot.current).length, longestVersion) * characterWidth + roomAroundVersion;
  return isBehind(slot) && behindPlace(slot) === 'below' ? Math.max(version, roomForSecondLine) : version;
}

/** The width of one character of the versions' face, in CSS pixels. */
export function measureCharacter(): number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return 7.5;
  const face = getComputedStyle(document.documentElement).getPropertyValue('--font-mono');
  context.font = `500 12px ${face || 'monospace'}`;
  return context.measureText('0000000000').width / 10;
}
