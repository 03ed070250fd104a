import type { NoteKind } from './repository-types.ts';

/** What a message says; `title` is that of the change that it lands. */
export interface MessageNote {
  readonly kind: Exclude<NoteKind, 'copy'>;
  readonly number: number | null;
  readonly sha: string | null;
  readonly title: string | null;
}

const mostNotes = 50;

/** What the message of a commit says of changes and of other commits; docs/changes.md lists the forms. */
export function notesOf(message: string, parentCount: number): readonly MessageNote[] {
  const [subject = '', ...body] = message.split(/\r?\n/).map((line) => line.trimEnd());
  const landed = landedBy(subject, body);
  const notes: MessageNote[] = [];
  if (landed) notes.push({ kind: parentCount > 1 ? 'merge' : 'squash', sha: null, ...landed });
  const picked = shasIn(body, pickLine);
  // Each line is added below those that stand there: the last names the commit that was picked, those above its own origin.
  for (const sha of picked.reverse()) notes.push({ kind: 'pick', number: null, sha, title: null });
  for (const revert of revertsIn(subject, body)) notes.push({ kind: 'revert', title: null, ...revert });
  return notes.slice(0, mostNotes);
}

interface Landed {
  readonly number: number;
  readonly title: string;
}

const number = String.raw`([1-9]\d{0,8})`;

/** Subjects that name the change they land. Where `title` is absent, it is the first line of the body. */
const subjects: readonly { readonly form: RegExp; readonly number: number; readonly title?: number }[] = [
  // GitHub; Bitbucket Server: "Merge pull request #12 in PROJECT/name from branch to main".
  { form: new RegExp(`^Merge pull request #${number} (?:from|in) `), number: 1 },
  // Gitea and Forgejo: "Merge pull request 'Title' (#12) from branch into main".
  { form: new RegExp(`^Merge pull request '(.*)' \\([#!]${number}\\) from `), number: 2, title: 1 },
  // Bitbucket: "Merged in branch (pull request #12)", and its Server: "Pull request #12: Title".
  { form: new RegExp(`^Merged in \\S+ \\(pull request #${number}\\)$`), number: 1 },
  { form: new RegExp(`^Pull request #${number}: (.+)$`), number: 1, title: 2 },
  // Azure DevOps.
  { form: new RegExp(`^Merged PR ${number}: (.+)$`), number: 1, title: 2 },
];

/** Squashed by GitHub, GitLab, Gitea or Bitbucket. */
const numbered = new RegExp(`\\((?:pull request )?[#!]${number}\\)$`);

function landedBy(subject: string, body: readonly string[]): Landed | undefined {
  const firstLine = body.find((line) => line !== '');
  for (const { form, number: numberAt, title: titleAt } of subjects) {
    const match = form.exec(subject);
    if (match) {
      const title = titleAt === undefined ? firstLine : match[titleAt];
      return { number: Number(match[numberAt]), title: title || subject };
    }
  }
  const seen = seeLine(body);
  if (seen !== undefined) {
    const isOwnTitle = firstLine !== undefined && !seeForm.test(firstLine) && /^Merge branch '/.test(subject);
    return { number: seen, title: isOwnTitle ? firstLine : subject };
  }
  const match = numbered.exec(subject);
  return match ? { number: Number(match[1]), title: subject.slice(0, match.index).trimEnd() || subject } : undefined;
}

const seeForm = new RegExp(`^See merge request (?:https?://\\S+/merge_requests/|[^\\s!]*!)${number}$`);
const pickLine = /^\(cherry picked from commit ([0-9a-f]{7,64})\)$/;
/** "Reviewed-by: …"; and the commits of a merge that GitLab picked: "1234abcd Title". */
const trailer = /^(?:[A-Za-z][A-Za-z0-9-]*:|[0-9a-f]{8}) \S/;

/**
 * The number in the message's own "See merge request" line, which ends it, in a paragraph with nothing but trailers. The release
 * notes that a robot quotes in the middle have such lines, too, of other projects.
 */
function seeLine(body: readonly string[]): number | undefined {
  let seen: number | undefined;
  for (const paragraph of paragraphsFromEnd(body)) {
    for (const line of paragraph) {
      const match = seeForm.exec(line);
      if (match) seen = Number(match[1]);
      else if (!trailer.test(line) && !pickLine.test(line)) return undefined;
    }
    if (seen !== undefined) return seen;
  }
  return undefined;
}

function* paragraphsFromEnd(lines: readonly string[]): Generator<readonly string[]> {
  let end = lines.length;
  for (let at = end - 1; at >= -1; at--) {
    if (at >= 0 && lines[at] !== '') continue;
    if (end > at + 1) yield lines.slice(at + 1, end);
    end = at;
  }
}

function shasIn(lines: readonly string[], form: RegExp): string[] {
  const shas = lines.flatMap((line) => form.exec(line)?.[1] ?? []);
  return [...new Set(shas)].slice(-mostNotes);
}

const revertLine = /^This reverts commit ([0-9a-f]{7,64})\b/;
/** GitLab's, where a merge was reverted, and GitHub's, where the request's description became the message. */
const revertedNumber = new RegExp(
  `^(?:This reverts merge request [^\\s!]*!|Reverts (?:[\\w.-]+/[\\w.-]+)?#)${number}\\.?$`,
);
const revertedTitle = /^Revert "(.*)"(?: \([#!]\d+\))?$/;

/** By commit where the message names one; else by the number of the change. */
function revertsIn(subject: string, body: readonly string[]): Pick<MessageNote, 'number' | 'sha'>[] {
  const shas = shasIn(body, revertLine);
  if (shas.length > 0) return shas.map((sha) => ({ number: null, sha }));
  const quoted = revertedTitle.exec(subject)?.[1];
  if (quoted === undefined) return [];
  const named = body.flatMap((line) => revertedNumber.exec(line)?.[1] ?? []).at(-1) ?? numbered.exec(quoted)?.[1];
  return named === undefined ? [] : [{ number: Number(named), sha: null }];
}

const branches: readonly { readonly form: RegExp; readonly source: number; readonly target?: number }[] = [
  // The owner of a fork stands before its branch.
  { form: /^Merge pull request #\d+ from [^/\s]+\/(\S+)$/, source: 1 },
  { form: /^Merge pull request #\d+ in \S+ from (\S+) to (\S+)$/, source: 1, target: 2 },
  { form: /^Merge pull request '.*' \([#!]\d+\) from (\S+)(?: into (\S+))?$/, source: 1, target: 2 },
  { form: /^Merged in (\S+) \(pull request #\d+\)$/, source: 1 },
  { form: /^Merge branch '([^']+)'(?: of \S+)? into '([^']+)'$/, source: 1, target: 2 },
];

/** The branches that the subject of a merge names. */
export function branchesOf(subject: string): { readonly source: string | null; readonly target: string | null } {
  for (const { form, source, target } of branches) {
    const match = form.exec(subject);
    if (match) return { source: match[source] ?? null, target: (target && match[target]) || null };
  }
  return { source: null, target: null };
}
