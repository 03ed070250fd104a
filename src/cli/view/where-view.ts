import type { WhereCandidate, WherePlace } from '../../contract/where.ts';
import { age, utcText } from './age.ts';
import type { ChangeLook } from './change-view.ts';
import { liveLook } from './live-look.ts';
import { printable } from './paint.ts';
import { type Cell, cell, tableLines, tableWidth } from './table.ts';
import { cutEnd } from './text-width.ts';

/** What a question may mean, each with a table of where it is. */
export function whereLines(candidates: readonly WhereCandidate[], look: ChangeLook): string[] {
  return candidates.flatMap((candidate, index) => [
    ...(index > 0 ? [''] : []),
    headLine(candidate, look),
    ...placeLines(candidate.places, look),
  ]);
}

function headLine({ kind, label, title, project, author }: WhereCandidate, { paint, width }: ChangeLook): string {
  const name = project === null || kind !== 'change' ? `${kind} ${label}` : `${project} ${label}`;
  const rest = [title, author && `by ${author}`].filter(Boolean).join(', ');
  const head = printable(name);
  return [paint('bold', head), cutEnd(printable(rest), Math.max(16, width - head.length - 1))].join(' ').trimEnd();
}

function placeLines(places: readonly WherePlace[], { paint, width, now }: ChangeLook): string[] {
  if (places.length === 0) return ['  No environment of its project is tracked.'];
  const rows = places.map((place) => placeCells(place, now));
  // The moment is a comfort: its age stands there, too.
  const shown = tableWidth(titles, rows) <= width ? rows : rows.map((row) => [...row.slice(0, 3), ...row.slice(4)]);
  const shownTitles = shown === rows ? titles : [...titles.slice(0, 3), ...titles.slice(4)];
  return tableLines(shownTitles, shown, paint);
}

const titles = ['  PROJECT', 'ENVIRONMENT', 'STATE', 'FIRST (UTC)', 'AGE', 'DEPLOYMENT'] as const;

function placeCells({ project, environment, state, since, deployment }: WherePlace, now: number): Cell[] {
  const { icon, word, tone } = liveLook(state);
  const version = deployment?.version ?? deployment?.sha?.slice(0, 8) ?? deployment?.ref;
  return [
    cell(`  ${printable(project)}`),
    cell(printable(environment)),
    cell(`${icon} ${word}`, tone),
    cell(since === null ? '' : utcText(since), 'grey'),
    cell(since === null ? '' : age(since, now)),
    cell(deployment ? printable(version ? `${version} (${deployment.deployment})` : `${deployment.deployment}`) : ''),
  ];
}
