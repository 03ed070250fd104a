import type { Principal } from '../../principal.ts';
import type { LineageStore } from './lineage-store.ts';
import { keyOf, type LineageRecord, parentKeysOf } from './lineage-types.ts';

type Found = ReadonlyMap<string, readonly LineageRecord[]>;

/** A key, and the project in which to look for it. */
export interface KeyIn {
  readonly key: string;
  readonly projectId: number;
}

/**
 * Tells which deployments others name as their parents. Emitters name them by keys, and a key is only unique in its lane. So
 * a key means the deployments of the child's own project that are called so; where there are none, those of the one other
 * project that has some. Where several others have, it means none: there is no telling which. Of several deployments it
 * means those that were told of before the child, if any were: a run that deploys to each environment under one key is
 * promoted upwards. A deployment is never its own parent.
 */
export class ParentFinder {
  readonly #store: LineageStore;
  readonly #principal: Principal;
  readonly #most: number;
  readonly #parents = new Map<number, Map<string, readonly LineageRecord[]>>();
  readonly #users = new Map<string, readonly number[]>();
  #isCut = false;

  /** It asks of at most so many keys which projects use them. */
  constructor(store: LineageStore, principal: Principal, most: number) {
    this.#store = store;
    this.#principal = principal;
    this.#most = most;
  }

  /** Whether there were more keys than it asks of. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** The parents of a deployment that was learned of, by the keys that it names; without keys that were too many. */
  parentsOf({ state }: LineageRecord): Found {
    return this.#parents.get(state.id) ?? new Map();
  }

  /** Finds the parents of those of which they are not known yet. */
  async learn(records: readonly LineageRecord[]): Promise<void> {
    const children = records.filter(({ state }) => !this.#parents.has(state.id));
    const names = children.flatMap((child) =>
      parentKeysOf(child).map((key) => ({ child, key, projectId: child.place.projectId })),
    );
    for (const { state } of children) this.#parents.set(state.id, new Map());
    const near = await this.#called(names);
    const abroad: typeof names = [];
    for (const name of names) {
      const own = (near.get(wordOf(name)) ?? []).filter(({ state }) => state.id !== name.child.state.id);
      const others = own.length > 0 ? [] : await this.othersUsing(name);
      const [other] = others ?? [];
      if (others?.length === 1 && other !== undefined) abroad.push({ ...name, projectId: other });
      else if (others) this.#put(name, own);
    }
    const far = await this.#called(abroad);
    for (const name of abroad) this.#put(name, far.get(wordOf(name)) ?? []);
  }

  /** The other projects that have deployments of this key: none, one, or some of several. undefined: it was not asked. */
  async othersUsing({ key, projectId }: KeyIn): Promise<readonly number[] | undefined> {
    let users = this.#users.get(key);
    if (!users) {
      this.#isCut ||= this.#users.size >= this.#most;
      if (this.#users.size >= this.#most) return undefined;
      users = await this.#store.using(this.#principal, key, enoughUsers);
      this.#users.set(key, users);
    }
    return users.filter((each) => each !== projectId);
  }

  #put(
    { child, key }: { readonly child: LineageRecord; readonly key: string },
    called: readonly LineageRecord[],
  ): void {
    this.#parents.get(child.state.id)?.set(key, earlier(child, called));
  }

  async #called(wanted: readonly KeyIn[]): Promise<Found> {
    const found = new Map<string, LineageRecord[]>();
    for (const [projectId, keys] of keysByProject(wanted)) {
      for (const record of await this.#store.called(this.#principal, projectId, keys)) {
        const word = wordOf({ key: keyOf(record), projectId });
        const before = found.get(word);
        if (before) before.push(record);
        else found.set(word, [record]);
      }
    }
    return found;
  }
}

/** The own project, and two others: then it is not one. */
const enoughUsers = 3;

/** Each key once, under the project in which to look for it. */
export function keysByProject(wanted: readonly KeyIn[]): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, Set<string>>();
  for (const { key, projectId } of wanted) found.set(projectId, (found.get(projectId) ?? new Set()).add(key));
  return new Map([...found].map(([projectId, keys]) => [projectId, [...keys]]));
}

function wordOf({ key, projectId }: KeyIn): string {
  return `${projectId} ${key}`;
}

/** Those that were told of before the child; all, where none was. */
function earlier({ state }: LineageRecord, called: readonly LineageRecord[]): readonly LineageRecord[] {
  const before = called.filter((other) => other.state.firstPosition < state.firstPosition);
  return before.length > 0 ? before : called;
}
