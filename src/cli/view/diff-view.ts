import type { ChangeList, CommitList, DeploymentMark } from '../../contract/changes.ts';
import type { DeploymentDiff } from '../../contract/where.ts';
import { age } from './age.ts';
import { type ChangeLook, personText } from './change-view.ts';
import { printable } from './paint.ts';
import { type Cell, cell, tableLines } from './table.ts';
import { cutEnd } from './text-width.ts';

/** What each of two deployments has and the other has not. */
export function diffLines(diff: DeploymentDiff, look: ChangeLook): string[] {
  const { from, to, project, known, reason, added, missing } = diff;
  const head = [look.paint('bold', printable(project)), `  ${markText(from, look)}`, `  ${markText(to, look)}`, ''];
  if (!known) return [...head, printable(reason ?? 'It is not known what differs.')];
  if (added.commits.count === 0 && missing.commits.count === 0) return [...head, 'Both have the same commits.'];
  const [here, there] = namesOf(from, to);
  return [...head, ...sideLines(here, missing, look), '', ...sideLines(there, added, look)];
}

/** Two deployments of one environment are told apart by what they are of. */
function namesOf(from: DeploymentMark, to: DeploymentMark): readonly [string, string] {
  if (from.environment !== to.environment) return [from.environment, to.environment];
  return [`deployment ${from.deployment}`, `deployment ${to.deployment}`];
}

function markText({ environment, version, sha, deployment, at }: DeploymentMark, { paint, now }: ChangeLook): string {
  const what = version ?? sha?.slice(0, 8) ?? `deployment ${deployment}`;
  return `${printable(environment)} ${paint('bold', printable(what))} ${paint('grey', `${age(at, now)} ago`)}`;
}

function sideLines(
  name: string,
  { changes, commits }: { readonly changes: ChangeList; readonly commits: CommitList },
  { paint, width }: ChangeLook,
): string[] {
  const size = `${counted(changes.count, 'change')}, ${counted(commits.count, 'commit')}`;
  const rows: Cell[][] = changes.items.map(({ reference, title, author }) => [
    cell(`  ${printable(reference)}`, 'bold'),
    cell(cutEnd(printable(title), 60)),
    cell(personText(author), 'grey'),
  ]);
  const commitRows: Cell[][] = commits.items.map(({ sha, subject, author }) => [
    cell(`  ${sha.slice(0, 8)}`, 'yellow'),
    cell(cutEnd(printable(subject), Math.max(20, Math.min(72, width - 40)))),
    cell(printable(author), 'grey'),
  ]);
  return [
    `Only in ${paint('bold', printable(name))}: ${size}`,
    ...(rows.length > 0 ? tableLines(['', '', ''], rows, paint) : []),
    ...restLine(changes.count - changes.items.length, 'change'),
    ...(commitRows.length > 0 ? tableLines(['', '', ''], commitRows, paint) : []),
    ...restLine(commits.count - commits.items.length, 'commit'),
  ];
}

function restLine(amount: number, what: string): string[] {
  return amount > 0 ? [`  and ${counted(amount, `more ${what}`)}`] : [];
}

function counted(amount: number, what: string): string {
  return `${amount} ${what}${amount === 1 ? '' : 's'}`;
}
