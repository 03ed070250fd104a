import { readFileSync } from 'node:fs';
import type { GitRepository, NewCommit } from '../support/git-repository.ts';

interface RecordedCommit {
  readonly type: 'commit';
  readonly sha: string;
  readonly parents: readonly string[];
  readonly authored_at: string;
  readonly committed_at: string;
  readonly subject: string;
  readonly see_merge_request?: string;
  readonly cherry_picked_from?: string;
  readonly reverts?: string;
}

interface RecordedTag {
  readonly type: 'tag';
  readonly tag: string;
  readonly sha: string;
  readonly tagged_at: string;
}

/** A release of a recorded repository, as it was rebuilt. */
export interface Release {
  readonly version: string;
  readonly sha: string;
  readonly at: string;
}

export interface RebuiltHistory {
  /** In the order of their dates. */
  readonly releases: readonly Release[];
  /** The commits that land changes: their shas with the numbers that their recorded messages name. */
  readonly landings: ReadonlyMap<string, number>;
}

export const recordedHistories = ['github-merge-commits', 'github-squash-merges', 'gitlab-merges'] as const;

/** Rebuilds a recorded graph in a repository: the same shape and messages, without files. */
export async function rebuild(
  remote: GitRepository,
  name: (typeof recordedHistories)[number],
): Promise<RebuiltHistory> {
  const file = new URL(`../fixtures/git-history/${name}.ndjson`, import.meta.url);
  const lines: readonly (RecordedCommit | RecordedTag)[] = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const commits = lines.filter((line) => line.type === 'commit');
  const shas = await remote.write(commits.map(commitOf));
  const shaOf = new Map(commits.map(({ sha }, index) => [sha, shas[index] ?? '']));
  const last = shas.at(-1) ?? '';
  await remote.branch('main', last);
  const tags = lines.filter((line) => line.type === 'tag');
  const tagged = tags.flatMap(({ tag, sha, tagged_at: at }): Release[] => {
    const rebuilt = shaOf.get(sha);
    return rebuilt === undefined ? [] : [{ version: tag, sha: rebuilt, at }];
  });
  for (const { version, sha } of tagged) await remote.tag(version, sha);
  const landings = commits.flatMap((commit) => {
    const number = numberOf(commit);
    return number === undefined ? [] : [[shaOf.get(commit.sha) ?? '', number] as const];
  });
  return {
    releases: tagged.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    landings: new Map(landings),
  };
}

function commitOf({ sha, parents, subject, ...line }: RecordedCommit): NewCommit {
  const seen = line.see_merge_request ? `\n\nSee merge request ${line.see_merge_request}` : '';
  const reverted = line.reverts ? `\n\nThis reverts commit ${line.reverts}.` : '';
  return {
    as: sha,
    parents,
    message: `${subject}${reverted}${seen}`,
    authoredAt: line.authored_at,
    committedAt: line.committed_at,
  };
}

/** The change that a commit lands, read without any of the server's own rules. */
function numberOf({ subject, see_merge_request: seen }: RecordedCommit): number | undefined {
  const said =
    seen?.split('!')[1] ?? /^Merge pull request #(\d+) /.exec(subject)?.[1] ?? /\(#(\d+)\)$/.exec(subject)?.[1];
  return said === undefined ? undefined : Number(said);
}
