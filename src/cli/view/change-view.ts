import type { Change, ChangePerson, ChangePlace, WaitingChange } from '../../contract/changes.ts';
import { age } from './age.ts';
import { liveLook } from './live-look.ts';
import { type Paint, printable } from './paint.ts';
import { type Cell, cell, type Span, tableLines, tableWidth } from './table.ts';
import { cutEnd } from './text-width.ts';

export interface ChangeLook {
  /** Columns there are to draw on. */
  readonly width: number;
  readonly now: number;
  readonly paint: Paint;
}

const shortestTitle = 16;
const longestTitle = 60;

/** Changes as a table; one of each line's cells says where the change is. */
export function changeLines(changes: readonly Change[], look: ChangeLook): string[] {
  const titles = ['CHANGE', 'TITLE', 'STATE', 'AUTHOR', 'WHERE'];
  const row = (change: Change, title: number): Cell[] => [
    changeCell(change),
    cell(cutEnd(printable(change.title), title)),
    cell(change.merged_at === null ? change.state : `merged ${age(change.merged_at, look.now)}`, 'grey'),
    cell(personText(change.author)),
    [placeSpans(change.environments, look.now)],
  ];
  const shown = changes.flatMap(({ environments }) => environments.map(({ state }) => state));
  const key = [...new Set(shown)].map((state) => {
    const { icon, word, tone } = liveLook(state);
    return `${look.paint(tone, icon)} ${look.paint('grey', word)}`;
  });
  return [...fitted(titles, changes, row, look), ...(key.length > 0 ? ['', key.join('  ')] : [])];
}

/** Waiting changes as a table, in the order they come in. */
export function waitingLines(changes: readonly WaitingChange[], look: ChangeLook): string[] {
  const titles = ['WAITS', 'CHANGE', 'TITLE', 'AUTHOR', 'IS IN', 'NOT IN'];
  const row = (change: WaitingChange, title: number): Cell[] => [
    cell(age(change.waiting_since, look.now), 'yellow'),
    changeCell(change),
    cell(cutEnd(printable(change.title), title)),
    cell(personText(change.author)),
    cell(printable(change.from.environment)),
    cell(printable(change.to.environment)),
  ];
  return fitted(titles, changes, row, look);
}

/** The user name, else the name. */
export function personText(person: ChangePerson | null): string {
  return printable(person?.username ?? person?.name ?? '');
}

/** Titles are cut until the table fits; where even that is too wide, each row becomes a few lines. */
function fitted<T>(
  titles: readonly string[],
  items: readonly T[],
  row: (item: T, title: number) => Cell[],
  { width, paint }: ChangeLook,
): string[] {
  if (items.length === 0) return [];
  const rows = items.map((item) => row(item, longestTitle));
  const over = tableWidth(titles, rows) - width;
  if (over <= 0) return tableLines(titles, rows, paint);
  const narrow = items.map((item) => row(item, Math.max(shortestTitle, longestTitle - over)));
  if (tableWidth(titles, narrow) <= width) return tableLines(titles, narrow, paint);
  const beside = Math.max(...titles.map((title) => title.length)) + 4;
  return items.flatMap((item, index) => {
    const cells = row(item, Math.max(shortestTitle, width - beside)).map((one, column) => [
      cell(`  ${titles[column] ?? ''}`, 'grey'),
      one,
    ]);
    return [...(index > 0 ? [''] : []), ...tableLines(['', ''], cells, paint)];
  });
}

function changeCell({ project, reference }: Pick<Change, 'project' | 'reference'>): Cell {
  return [[{ text: printable(project), tone: 'grey' }, { text: ' ' }, { text: printable(reference), tone: 'bold' }]];
}

function placeSpans(places: readonly ChangePlace[], now: number): Span[] {
  return places.flatMap(({ environment, state, deployed_at: at }, index): Span[] => {
    const { icon, tone } = liveLook(state);
    // Since when it is gone is another moment.
    const since = at === null || state !== 'live' ? '' : ` ${age(at, now)}`;
    return [
      { text: `${index > 0 ? '  ' : ''}${icon} `, tone },
      { text: printable(environment), tone: state === 'live' ? undefined : 'grey' },
      { text: since, tone: 'grey' },
    ];
  });
}
