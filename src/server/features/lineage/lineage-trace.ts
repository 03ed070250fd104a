import type { Principal } from '../../principal.ts';
import type { LineageStore } from './lineage-store.ts';
import { keyOf, type LineageGraph, type LineageRecord } from './lineage-types.ts';
import { type KeyIn, keysByProject, ParentFinder } from './parent-finder.ts';

export interface TraceLimits {
  /** How many times one goes from children to parents, or from parents to children. */
  readonly steps: number;
  readonly nodes: number;
  /** Of how many keys one asks which projects use them. */
  readonly keys: number;
}

/** Follows who was promoted from whom, both ways. */
export class LineageTrace {
  readonly #store: LineageStore;
  readonly #principal: Principal;
  readonly #limits: TraceLimits;
  readonly #finder: ParentFinder;
  readonly #records = new Map<number, LineageRecord>();
  #more = false;

  constructor(store: LineageStore, principal: Principal, limits: TraceLimits) {
    this.#store = store;
    this.#principal = principal;
    this.#limits = limits;
    this.#finder = new ParentFinder(store, principal, limits.keys);
  }

  /** All that some deployments came from, and all that came from them. */
  async follow(seeds: readonly LineageRecord[]): Promise<LineageGraph> {
    for (const seed of seeds) this.#records.set(seed.state.id, seed);
    await this.#walk(seeds, (some) => this.#parentsOf(some));
    await this.#walk(seeds, (some) => this.#childrenOf(some));
    const records = latestFirst([...this.#records.values()]);
    await this.#finder.learn(records);
    const named = records.flatMap((record) =>
      [...this.#finder.parentsOf(record)].map(([key, found]) => ({ record, key, found })),
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
      more: this.#more || this.#finder.isCut,
    };
  }

  async #walk(
    from: readonly LineageRecord[],
    next: (some: readonly LineageRecord[]) => Promise<readonly LineageRecord[]>,
  ): Promise<void> {
    let frontier = from;
    for (let step = 0; frontier.length > 0; step += 1) {
      const found = latestFirst((await next(frontier)).filter(({ state }) => !this.#records.has(state.id)));
      const fitting = step < this.#limits.steps ? found.slice(0, this.#limits.nodes - this.#records.size) : [];
      if (fitting.length < found.length) this.#more = true;
      for (const record of fitting) this.#records.set(record.state.id, record);
      frontier = fitting;
    }
  }

  async #parentsOf(children: readonly LineageRecord[]): Promise<readonly LineageRecord[]> {
    await this.#finder.learn(children);
    return distinct(children.flatMap((child) => this.#named(child)));
  }

  async #childrenOf(parents: readonly LineageRecord[]): Promise<readonly LineageRecord[]> {
    const ids = new Set(parents.map(({ state }) => state.id));
    const calls = parents.map((parent) => ({ key: keyOf(parent), projectId: parent.place.projectId }));
    // Others mean one of these where theirs is the only other project that has such a key.
    const [alone, shared]: [KeyIn[], KeyIn[]] = [[], []];
    for (const call of calls) {
      const others = await this.#finder.othersUsing(call);
      const [other] = others ?? [];
      if (others?.length === 0) alone.push(call);
      else if (others?.length === 1 && other !== undefined) shared.push({ ...call, projectId: other });
    }
    const children = distinct([
      ...(await this.#naming([...calls, ...shared], false)),
      ...(await this.#naming(alone, true)),
    ]);
    await this.#finder.learn(children);
    return children.filter((child) => this.#named(child).some(({ state }) => ids.has(state.id)));
  }

  /** Those that name one of these keys in its project, or in the others. */
  async #naming(calls: readonly KeyIn[], others: boolean): Promise<LineageRecord[]> {
    const found: LineageRecord[] = [];
    for (const [projectId, keys] of keysByProject(calls)) {
      const where = { projectId, others };
      const { records, isCut } = await this.#store.naming(this.#principal, keys, where, this.#limits.nodes);
      if (isCut) this.#more = true;
      found.push(...records);
    }
    return found;
  }

  #named(child: LineageRecord): readonly LineageRecord[] {
    return [...this.#finder.parentsOf(child).values()].flat();
  }
}

function latestFirst(records: readonly LineageRecord[]): readonly LineageRecord[] {
  return records.toSorted((a, b) => b.state.id - a.state.id);
}

function distinct(records: readonly LineageRecord[]): readonly LineageRecord[] {
  return [...new Map(records.map((record) => [record.state.id, record])).values()];
}
