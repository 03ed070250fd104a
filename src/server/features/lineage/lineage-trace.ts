import type { Principal } from '../../principal.ts';
import type { LineageStore } from './lineage-store.ts';
import { keyOf, type LineageGraph, type LineageRecord, parentKeysOf } from './lineage-types.ts';

export interface TraceLimits {
  /** How many times one goes from children to parents, or from parents to children. */
  readonly steps: number;
  readonly nodes: number;
}

type Parents = ReadonlyMap<string, readonly LineageRecord[]>;

/**
 * Follows who was promoted from whom. Emitters name parents by keys, and a key is only unique in its lane. So a key means
 * the deployments of the child's own project that are called so; where there are none, those of other projects. Of several
 * it means those that were told of before the child, if any were: a run that deploys to each environment under one key is
 * promoted upwards. A deployment is never its own parent.
 */
export class LineageTrace {
  readonly #store: LineageStore;
  readonly #principal: Principal;
  readonly #limits: TraceLimits;
  readonly #records = new Map<number, LineageRecord>();
  /** What is known of the parents of a deployment, by the keys that it names. */
  readonly #parents = new Map<number, Parents>();
  #more = false;

  constructor(store: LineageStore, principal: Principal, limits: TraceLimits) {
    this.#store = store;
    this.#principal = principal;
    this.#limits = limits;
  }

  /** All that some deployments came from, and all that came from them. */
  async follow(seeds: readonly LineageRecord[]): Promise<LineageGraph> {
    for (const seed of seeds) this.#records.set(seed.state.id, seed);
    await this.#walk(seeds, (some) => this.#parentsOf(some));
    await this.#walk(seeds, (some) => this.#childrenOf(some));
    const records = [...this.#records.values()].toSorted((a, b) => b.state.id - a.state.id);
    await this.#learn(records);
    const named = records.flatMap((record) =>
      [...this.#parentsBy(record)].map(([key, found]) => ({ record, key, found })),
    );
    const edges = new Map(
      named.flatMap(({ record, found }) =>
        found
          .filter(({ state }) => this.#records.has(state.id))
          .map(({ state }) => [`${state.id} ${record.state.id}`, { from: state.id, to: record.state.id }] as const),
      ),
    );
    return {
      records,
      edges: [...edges.values()],
      unknown: named
        .filter(({ found }) => found.length === 0)
        .map(({ record, key }) => ({ deployment: record.state.id, parent: key })),
      more: this.#more,
    };
  }

  async #walk(
    from: readonly LineageRecord[],
    next: (some: readonly LineageRecord[]) => Promise<readonly LineageRecord[]>,
  ): Promise<void> {
    let frontier = from;
    for (let step = 0; frontier.length > 0; step += 1) {
      const found = (await next(frontier)).filter(({ state }) => !this.#records.has(state.id));
      const fitting = step < this.#limits.steps ? found.slice(0, this.#limits.nodes - this.#records.size) : [];
      if (fitting.length < found.length) this.#more = true;
      for (const record of fitting) this.#records.set(record.state.id, record);
      frontier = fitting;
    }
  }

  async #parentsOf(children: readonly LineageRecord[]): Promise<readonly LineageRecord[]> {
    await this.#learn(children);
    return distinct(children.flatMap((child) => [...this.#parentsBy(child).values()].flat()));
  }

  async #childrenOf(parents: readonly LineageRecord[]): Promise<readonly LineageRecord[]> {
    const ids = new Set(parents.map(({ state }) => state.id));
    const keys = [...new Set(parents.map(keyOf))];
    const naming = distinct(await this.#store.naming(this.#principal, keys, this.#limits.nodes));
    await this.#learn(naming);
    return naming.filter((child) => [...this.#parentsBy(child).values()].flat().some(({ state }) => ids.has(state.id)));
  }

  #parentsBy({ state }: LineageRecord): Parents {
    return this.#parents.get(state.id) ?? new Map();
  }

  /** Finds the parents of those of which they are not known yet. */
  async #learn(records: readonly LineageRecord[]): Promise<void> {
    const children = records.filter(({ state }) => !this.#parents.has(state.id));
    const keys = [...new Set(children.flatMap(parentKeysOf))];
    if (keys.length === 0) return;
    const projectIds = [...new Set(children.map(({ place }) => place.projectId))];
    const near = byKey(await this.#store.called(this.#principal, keys, projectIds, mostCalled));
    const strange = keys.filter((key) =>
      children.some((child) => names(child, key) && ownOf(child, near, key).length === 0),
    );
    const far = byKey(await this.#store.called(this.#principal, strange, 'any', this.#limits.nodes));
    for (const child of children) {
      const found = parentKeysOf(child).map((key) => {
        const own = ownOf(child, near, key);
        return [key, earlier(child, own.length > 0 ? own : (far.get(key) ?? []))] as const;
      });
      this.#parents.set(child.state.id, new Map(found));
    }
  }
}

/** Of one key of one project there is at most one for each of its environments. */
const mostCalled = 5000;

function names(child: LineageRecord, key: string): boolean {
  return parentKeysOf(child).includes(key);
}

function ownOf({ state, place }: LineageRecord, near: Parents, key: string): readonly LineageRecord[] {
  const called = near.get(key) ?? [];
  return called.filter((other) => other.place.projectId === place.projectId && other.state.id !== state.id);
}

/** Those that were told of before the child; all, where none was. */
function earlier({ state }: LineageRecord, called: readonly LineageRecord[]): readonly LineageRecord[] {
  const before = called.filter((other) => other.state.firstPosition < state.firstPosition);
  return before.length > 0 ? before : called.filter((other) => other.state.id !== state.id);
}

function byKey(records: readonly LineageRecord[]): Parents {
  const found = new Map<string, LineageRecord[]>();
  for (const record of records) found.set(keyOf(record), [...(found.get(keyOf(record)) ?? []), record]);
  return found;
}

function distinct(records: readonly LineageRecord[]): readonly LineageRecord[] {
  return [...new Map(records.map((record) => [record.state.id, record])).values()];
}
