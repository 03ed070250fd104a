import type { CommitIndexService } from '../repositories/commit-index-service.ts';
import type { HistoryService } from '../repositories/history-service.ts';
import type { RepositoryService } from '../repositories/repository-service.ts';
import type { LandedChange, ProjectRepository } from '../repositories/repository-types.ts';
import type { ChangeService } from './change-service.ts';
import type { ToldChange } from './change-types.ts';

interface Parts {
  readonly repositories: Pick<RepositoryService, 'of' | 'projectsOf'>;
  readonly commits: CommitIndexService;
  readonly history: HistoryService;
  readonly changes: ChangeService;
  /** A project learnt of changes by their commits alone, the earliest of which landed at this moment. */
  readonly onFound: (projectId: number, from: number) => Promise<void>;
}

/** How far the commits of a project were looked through by this node, and for which folder. */
interface Progress {
  readonly repositoryId: number;
  readonly path: string;
  /** When the project said so: what commits told may have been taken back before that. */
  readonly updatedAt: number;
  /** The number of the next commit. */
  readonly next: number;
}

/** Changes that the messages of commits tell of, so that a repository alone is enough to know them. */
export class CommitChangesService {
  readonly #parts: Parts;
  readonly #progress = new Map<number, Progress>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Tells of the changes that commits land which came since this node looked the last time: all of them the first time. */
  async onIndexed(repositoryId: number): Promise<void> {
    for (const project of await this.#parts.repositories.projectsOf(repositoryId)) await this.#derive(project);
  }

  async #derive({ projectId, repositoryId, path, updatedAt }: ProjectRepository): Promise<void> {
    const known = this.#progress.get(projectId);
    const isSame = known?.repositoryId === repositoryId && known.path === path && known.updatedAt === updatedAt;
    const from = isSame ? known.next : 0;
    let next = from;
    for await (const landed of this.#parts.commits.landedChanges(repositoryId, from)) {
      // The project may have left it meanwhile.
      if ((await this.#parts.repositories.of(projectId))?.updatedAt !== updatedAt) return;
      next = Math.max(next, ...landed.map(({ n }) => n + 1));
      await this.#tell(projectId, await this.#within(repositoryId, path, landed));
    }
    this.#progress.set(projectId, { repositoryId, path, updatedAt, next });
  }

  async #tell(projectId: number, landed: readonly LandedChange[]): Promise<void> {
    const { changes, onFound } = this.#parts;
    if (landed.length === 0) return;
    const before = await changes.known(projectId, [...new Set(landed.map(({ number }) => number))]);
    await changes.tell(projectId, landed.map(toldBy), 'commit');
    const found = landed.filter(({ number }) => !before.has(number));
    if (found.length > 0) await onFound(projectId, Math.min(...found.map(({ mergedAt }) => mergedAt)));
  }

  /** Those that touch a folder: by themselves, or by what they merge. */
  async #within(repositoryId: number, path: string, landed: readonly LandedChange[]): Promise<readonly LandedChange[]> {
    if (path === '') return landed;
    const { history } = this.#parts;
    const { graph } = await history.of(repositoryId);
    const touching = await history.touching(repositoryId, path);
    return landed.filter(({ n }) => {
      const [first] = graph.parents(n);
      if (touching.has(n)) return true;
      return (
        graph.isMerge(n) && first !== undefined && graph.newSince(n, [first]).some((merged) => touching.has(merged))
      );
    });
  }
}

function toldBy({ number, kind, sha, ...landed }: LandedChange): ToldChange {
  return {
    number,
    title: landed.title,
    state: 'merged',
    author: { username: null, name: landed.authorName },
    sourceBranch: landed.sourceBranch,
    targetBranch: landed.targetBranch,
    ...(kind === 'merge' ? { mergeCommitSha: sha } : { squashCommitSha: sha }),
    mergedAt: landed.mergedAt,
    mergedBy: landed.mergedBy,
    createdAt: landed.mergedAt,
    updatedAt: landed.mergedAt,
  };
}
