import type { PlannedChange, PlannedRelease } from './change-plan.ts';
import { FastImport, type GitSetting } from './fast-import.ts';
import { landChange, pickChange } from './land-change.ts';
import type { Random } from './random.ts';

/** A version in the repository. */
export interface ReleasedCommit {
  readonly sha: string;
  readonly ref: string;
}

/** The repository of a team, with a folder for each of its services. Nobody else writes to it. */
export class TeamRepository {
  readonly namespace: string;
  readonly path: string;
  readonly #git: GitSetting;
  readonly #random: Random;
  /** By service: the newest change on the main branch, and the newest version. While changes are landed, these are marks. */
  readonly #newest = new Map<string, string>();
  readonly #released = new Map<string, string>();
  #tip: string | undefined;
  #number: number;

  /** The bare repository in the folder `path` must be there. */
  constructor(namespace: string, path: string, git: GitSetting, random: Random) {
    this.namespace = namespace;
    this.path = path;
    this.#git = git;
    this.#random = random;
    this.#number = random.integer(40, 900);
  }

  /** Lands changes in the order in which they were merged. Answers the versions among them by their stand-ins. */
  async land(changes: readonly PlannedChange[]): Promise<ReadonlyMap<string, ReleasedCommit>> {
    const git = await FastImport.start(this.path, this.#git);
    const versions: { readonly standIn: string; readonly mark: string; readonly ref: string }[] = [];
    for (const change of changes.toSorted((a, b) => a.mergedAt - b.mergedAt)) {
      const { service, takesBack, release } = change;
      this.#number += this.#random.chance(0.8) ? 1 : 2;
      const newest = takesBack && this.#newest.get(service);
      const undone = newest === undefined ? undefined : await git.shaOf(newest);
      const place = { namespace: this.namespace, number: this.#number, tip: this.#tip, undone };
      const { landing, first } = landChange(git, change, place);
      this.#tip = landing;
      this.#newest.set(service, landing);
      if (!release) continue;
      versions.push({
        standIn: release.standIn,
        ...(await this.#release(git, change, release, { first, undone })),
      });
    }
    await this.#settle(git);
    const answer = await Promise.all(
      versions.map(async ({ standIn, mark, ref }) => [standIn, { sha: await git.shaOf(mark), ref }] as const),
    );
    await git.end();
    return new Map(answer);
  }

  /** Makes what the main branch has of a service its next version; undefined: that is one already. */
  releaseNewest(service: string): ReleasedCommit | undefined {
    const sha = this.#newest.get(service);
    if (sha === undefined || sha === this.#released.get(service)) return undefined;
    this.#released.set(service, sha);
    return { sha, ref: 'main' };
  }

  /** The version is on the main branch, or on a branch of its own that has only the fix. */
  async #release(
    git: FastImport,
    change: PlannedChange,
    { isHotfix, version }: PlannedRelease,
    { first, undone }: { readonly first: string; readonly undone: string | undefined },
  ): Promise<{ readonly mark: string; readonly ref: string }> {
    const { service } = change;
    const base = this.#released.get(service);
    const landed = this.#newest.get(service) ?? first;
    this.#released.set(service, landed);
    if (!isHotfix || base === undefined) return { mark: landed, ref: 'main' };
    const branch = `hotfix/${service}-${version}`;
    const picked = pickChange(git, change, { branch, base, picked: await git.shaOf(first), undone });
    this.#released.set(service, picked);
    return { mark: picked, ref: branch };
  }

  /** Marks mean nothing once their run has ended. */
  async #settle(git: FastImport): Promise<void> {
    const settleAll = (known: Map<string, string>) =>
      [...known].map(async ([service, mark]) => known.set(service, await git.shaOf(mark)));
    const tip = this.#tip === undefined ? undefined : git.shaOf(this.#tip);
    [this.#tip] = await Promise.all([tip, ...settleAll(this.#newest), ...settleAll(this.#released)]);
  }
}
