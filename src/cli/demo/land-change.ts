import { toolOf } from './catalogue.ts';
import type { PlannedChange } from './change-plan.ts';
import { commitSubject, landing, pickMessage, revertMessage } from './commit-messages.ts';
import type { FastImport, NewCommit } from './fast-import.ts';

/** Where a change comes to the main branch. */
export interface LandingPlace {
  readonly namespace: string;
  readonly number: number;
  /** undefined: the branch is empty. */
  readonly tip: string | undefined;
  /** The commit that the change takes back. */
  readonly undone: string | undefined;
}

/** The commits of a change, by their marks. */
export interface LandedChange {
  readonly landing: string;
  /** The first that the change brought; of a squashed one, that which landed it. */
  readonly first: string;
}

/** A branch that begins at a version, and what it takes from the main branch. */
interface PickPlace extends Pick<LandingPlace, 'undone'> {
  readonly branch: string;
  readonly base: string;
  readonly picked: string;
}

const main = 'refs/heads/main';
/** No branch: what a change brings is only reached by what lands it. */
const work = 'refs/import/work';
const betweenCommitsMs = 600_000;

/** Writes a change as the team's platform would: squashed, or with a merge of the commits that it brings. */
export function landChange(git: FastImport, change: PlannedChange, place: LandingPlace): LandedChange {
  const { service, title, author, mergedAt, size } = change;
  const { namespace, number, tip, undone } = place;
  const { isSquashed, message } = landing[toolOf(namespace)];
  const numbered = message({ namespace, number, title });
  const common = commonOf(service, author);
  const trunk = tip === undefined ? [] : [tip];
  if (isSquashed) {
    const text = revertMessage(numbered, undone);
    const only = git.commit({ ...common, ref: main, parents: trunk, at: mergedAt, message: text, content: numbered });
    return { landing: only, first: only };
  }
  const own: string[] = [];
  for (let index = 0; index < size; index += 1) {
    const parents = index === 0 ? trunk : own.slice(-1);
    const text = index === 0 ? revertMessage(title, undone) : commitSubject(index);
    const at = mergedAt - (size - index) * betweenCommitsMs;
    own.push(git.commit({ ...common, ref: work, parents, at, message: text, content: `${numbered}\n${index}` }));
  }
  const merge = { ...common, ref: main, parents: [...trunk, ...own.slice(-1)], at: mergedAt, message: numbered };
  const landed = git.commit({ ...merge, content: `${numbered}\n${size - 1}` });
  return { landing: landed, first: own[0] ?? landed };
}

/** Picks a change to a branch that begins at a version. Answers the mark of the commit. */
export function pickChange(
  git: FastImport,
  { service, title, author, mergedAt }: PlannedChange,
  { branch, base, picked, undone }: PickPlace,
): string {
  return git.commit({
    ...commonOf(service, author),
    ref: `refs/heads/${branch}`,
    parents: [base],
    at: mergedAt + 30_000,
    message: pickMessage(revertMessage(title, undone), picked),
    content: `${title}\n${branch}`,
  });
}

function commonOf(service: string, author: string): Pick<NewCommit, 'author' | 'committer' | 'file'> {
  return { author, committer: author, file: `${folderOf(service)}/CHANGES` };
}

/** Where a service lies in the repository of its team. */
export function folderOf(service: string): string {
  return `services/${service}`;
}
