import type { CommitLandingStore } from './commit-landing-store.ts';
import { branchesOf } from './commit-notes.ts';
import type { LandedChange } from './repository-types.ts';

const pageSize = 500;

/** What the index of a repository's commits tells of changes. */
export class CommitIndexService {
  readonly #store: CommitLandingStore;

  constructor(store: CommitLandingStore) {
    this.#store = store;
  }

  /**
   * The changes that commits from number `from` on land by their messages, in the order of the commits and up to 500 at a time.
   * A number occurs as often as commits land it, but for picks, which only repeat the message of what they pick.
   */
  async *landedChanges(repositoryId: number, from = 0): AsyncIterable<readonly LandedChange[]> {
    for (let start = from; ; ) {
      const rows = await this.#store.landings(repositoryId, start, pageSize);
      const last = rows.at(-1);
      if (!last) return;
      start = last.n + 1;
      yield rows.map(({ subject, title, author, headAuthor, committedAt, ...row }) => {
        const { source, target } = branchesOf(subject);
        const isMerge = row.kind === 'merge';
        return {
          ...row,
          title: title ?? subject,
          authorName: (isMerge ? headAuthor : null) ?? author,
          mergedBy: isMerge ? author : null,
          mergedAt: committedAt,
          sourceBranch: source,
          targetBranch: target,
        };
      });
    }
  }
}
