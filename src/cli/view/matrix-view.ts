import type { Matrix, MatrixRow, MatrixSlot } from '../../contract/matrix.ts';
import { slotIn, stillWaiting } from '../../contract/slots.ts';
import { age } from './age.ts';
import { serviceName, unapprovedSpans, versionText } from './event-line.ts';
import { type Paint, printable } from './paint.ts';
import { type StatusLook, staleLook, statusLook } from './status-look.ts';
import { type Cell, cell, type Span, tableLines, tableWidth } from './table.ts';

export interface MatrixLook {
  /** Columns there are to draw on. */
  readonly width: number;
  readonly now: number;
  readonly paint: Paint;
  /** `service environment` of slots that changed a moment ago. */
  readonly fresh?: ReadonlySet<string>;
}

/** The matrix as lines: as a table with words, else with icons only, else as a list where the window is narrow. */
export function matrixLines(matrix: Matrix, look: MatrixLook): string[] {
  const titles = ['SERVICE', ...matrix.environments.map((name) => printable(name).toUpperCase())];
  for (const words of [true, false]) {
    const rows = matrix.rows.map((row) => rowCells(row, matrix.environments, look, words));
    if (tableWidth(titles, rows) <= look.width) {
      return [...tableLines(titles, rows, look.paint), '', ...footer(matrix, look, !words)];
    }
  }
  const list = matrix.rows.flatMap((row) => listLines(row, matrix.environments, look));
  return [...list, '', ...footer(matrix, look, false)];
}

export function slotKey(row: MatrixRow, environment: string): string {
  return JSON.stringify([row.namespace, row.service, environment]);
}

function rowCells(row: MatrixRow, environments: readonly string[], look: MatrixLook, words: boolean): Cell[] {
  const slots = environments.map((name) => {
    const slot = slotIn(row, name);
    return slot ? slotCell(slot, look, words, look.fresh?.has(slotKey(row, name)) === true) : cell('·', 'grey');
  });
  return [cell(serviceName(row)), ...slots];
}

/** First what is or was going on; below it what still runs and what is coming. */
function slotCell(slot: MatrixSlot, look: MatrixLook, words: boolean, fresh: boolean): Cell {
  const { icon, word, tone } = slotLook(slot);
  const since = age(slot.current.happened_at, look.now);
  const version: Span = { text: versionText(slot.current), tone: fresh ? 'reverse' : 'bold' };
  const lines: Span[][] = [
    [{ text: words ? `${icon} ${word}` : icon, tone }, { text: ' ' }, version, { text: ` ${since}`, tone: 'grey' }],
  ];
  if (slot.current.unapproved) lines.push([{ text: '└', tone: 'grey' }, ...unapprovedSpans(slot.current)]);
  if (slot.last_successful) {
    lines.push([
      { text: `└ ${words ? 'live' : statusLook('success').icon} ${versionText(slot.last_successful)}`, tone: 'grey' },
      ...unapprovedSpans(slot.last_successful),
    ]);
  }
  if (slot.next) lines.push(newsSpans(slot.next.status, versionText(slot.next), words));
  const waits = stillWaiting(slot);
  if (waits) {
    const more = waits.more > 0 ? `+${waits.more}` : '';
    const text = [waits.newest ? versionText(waits.newest) : '', more].filter((part) => part !== '').join(' ');
    lines.push(newsSpans('waiting', text, words));
  }
  return lines;
}

/** What comes next, or waits still. */
function newsSpans(status: string, text: string, words: boolean): Span[] {
  const { icon, word, tone } = statusLook(status);
  return [{ text: '└ ', tone: 'grey' }, { text: words ? `${icon} ${word} ` : `${icon} `, tone }, { text }];
}

function slotLook(slot: MatrixSlot): StatusLook {
  return slot.stale ? staleLook : statusLook(slot.current.status);
}

function listLines(row: MatrixRow, environments: readonly string[], look: MatrixLook): string[] {
  const present = environments.filter((name) => slotIn(row, name));
  const cells = rowCells(row, present, look, true).slice(1);
  const rows = present.map((name, index) => [cell(`  ${printable(name)}`, 'grey'), cells[index] ?? []]);
  return [look.paint('bold', serviceName(row)), ...tableLines(['', ''], rows, look.paint)];
}

function footer(matrix: Matrix, { paint }: MatrixLook, withKey: boolean): string[] {
  const slots = matrix.rows.flatMap((row) => Object.values(row.slots));
  const states = [
    [slots.filter(({ current, stale }) => current.status === 'in-progress' && !stale).length, 'in-progress'],
    [slots.filter(({ current }) => current.status === 'failure').length, 'failure'],
    [slots.reduce((sum, { waiting }) => sum + (waiting?.count ?? 0), 0), 'waiting'],
  ] as const;
  const stale = slots.filter((slot) => slot.stale).length;
  const parts = states
    .filter(([count]) => count > 0)
    .map(([count, status]) => summary(count, statusLook(status), paint));
  if (stale > 0) parts.push(summary(stale, staleLook, paint));
  const size = `${counted(matrix.rows.length, 'service')} in ${counted(matrix.environments.length, 'environment')}`;
  const total = [paint('grey', size), ...parts].join(paint('grey', ', '));
  return withKey ? [keyLine(slots, paint), total] : [total];
}

function counted(amount: number, what: string): string {
  return `${amount} ${what}${amount === 1 ? '' : 's'}`;
}

function summary(count: number, { icon, word, tone }: StatusLook, paint: Paint): string {
  return paint(tone, `${icon} ${count} ${word}`);
}

/** What the icons mean, for those that are on the screen. */
function keyLine(slots: readonly MatrixSlot[], paint: Paint): string {
  const shown = slots.flatMap((slot) => [
    slotLook(slot),
    ...(slot.next ? [statusLook(slot.next.status)] : []),
    ...(slot.waiting ? [statusLook('waiting')] : []),
  ]);
  const looks = new Map(shown.map((look) => [look.icon, look]));
  return [...looks.values()].map(({ icon, word, tone }) => `${paint(tone, icon)} ${paint('grey', word)}`).join('  ');
}
