import type { DeploymentEvent } from '../../contract/deployment-event.ts';
import { utcText } from './age.ts';
import { type Paint, printable } from './paint.ts';
import { statusLook } from './status-look.ts';
import { type Cell, cell, type Span, tableLines, tableWidth } from './table.ts';
import { padEnd } from './text-width.ts';

const eventTitles = ['WHEN (UTC)', 'STATUS', 'SERVICE', 'ENVIRONMENT', 'VERSION', 'ACTOR', 'DEPLOYMENT'] as const;

/** Moment, status, service, environment and version always stay. */
const fewestColumns = 5;

/** Widths that fit what is usual, for lines that are printed as they come and cannot wait for each other. */
const liveWidths = [19, 13, 28, 14, 14, 16, 24] as const;

/** Events as a table. Where the window is narrow the last columns are left out. */
export function eventLines(events: readonly DeploymentEvent[], paint: Paint, width: number): string[] {
  let titles: readonly string[] = eventTitles;
  let rows = events.map(eventCells);
  while (titles.length > fewestColumns && tableWidth(titles, rows) > width) {
    titles = titles.slice(0, -1);
    rows = rows.map((row) => row.slice(0, -1));
  }
  return tableLines(titles, rows, paint);
}

/** One line for one event, with columns as wide as they usually are. */
function liveLines(cells: readonly Cell[], paint: Paint, width: number): string[] {
  let count = cells.length;
  const upTo = (columns: number) => liveWidths.slice(0, columns).reduce<number>((sum, wide) => sum + wide + 2, -2);
  while (count > fewestColumns && upTo(count) > width) count -= 1;
  const padded = cells.slice(0, count).map(([spans = []], column) => [padSpans(spans, liveWidths[column] ?? 0)]);
  return tableLines(
    padded.map(() => ''),
    [padded],
    paint,
  );
}

export function liveEventLines(event: DeploymentEvent, paint: Paint, width: number): string[] {
  return liveLines(eventCells(event), paint, width);
}

export function liveTitleLines(paint: Paint, width: number): string[] {
  const titles = eventTitles.map((title) => cell(title, 'bold'));
  return liveLines(titles, paint, width);
}

function padSpans(spans: readonly Span[], width: number): Span[] {
  const text = spans.map((span) => span.text).join('');
  return [...spans, { text: padEnd(text, width).slice(text.length) }];
}

function eventCells(event: DeploymentEvent): Cell[] {
  const look = statusLook(event.status);
  return [
    cell(utcText(event.happened_at), 'grey'),
    [[{ text: `${look.icon} ${look.word}`, tone: look.tone }, ...unapprovedSpans(event)]],
    cell(serviceName(event)),
    cell(printable(event.environment)),
    cell(versionText(event), 'bold'),
    cell(event.actor ? printable(event.actor) : ''),
    cell(printable(event.deployment_id), 'grey'),
  ];
}

export function serviceName({ namespace, service }: { readonly namespace?: string; readonly service: string }): string {
  return printable(namespace ? `${namespace}/${service}` : service);
}

/** The mark of what went to a protected environment without its approvals, after a blank. */
export function unapprovedSpans({ unapproved }: DeploymentEvent): Span[] {
  return unapproved ? [{ text: ' unapproved', tone: 'yellow' }] : [];
}

/** What to call what was deployed: its version, else the commit, the ref or the run. */
export function versionText({ version, sha, ref, run_number: run }: DeploymentEvent): string {
  return printable(version ?? sha?.slice(0, 8) ?? ref ?? (run === undefined ? '–' : `#${run}`));
}
