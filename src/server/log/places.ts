import { guessTier, type Tier } from '../../contract/tiers.ts';
import type { Clock } from '../clock.ts';
import type { LogSession, Row } from '../db/database.ts';
import { environmentSlug } from './environment-slug.ts';

/** One project in one environment, with the names people use for them. */
export interface Place {
  readonly projectId: number;
  /** Empty where the service has no namespace. */
  readonly namespace: string;
  readonly service: string;
  readonly environmentId: number;
  readonly environment: string;
  readonly tier: Tier;
}

type Names = Pick<Place, 'namespace' | 'service' | 'environment'>;

const cacheLimit = 50_000;

/**
 * Finds the project and environment that a report names, and creates what it names for the first time. What a
 * transaction creates is remembered only once it has committed.
 */
export class Places {
  readonly #clock: Clock;
  readonly #known = new Map<string, Place>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Answers a place for each distinct name, by `placeKey`. */
  async resolve(session: LogSession, names: readonly Names[]): Promise<Map<string, Place>> {
    const wanted = new Map(names.map((name) => [placeKey(name), name]));
    const found = new Map<string, Place>();
    for (const [key, name] of wanted) {
      const place = this.#known.get(key) ?? (await this.#findOrCreate(session, name));
      found.set(key, place);
    }
    return found;
  }

  remember(places: ReadonlyMap<string, Place>): void {
    if (this.#known.size > cacheLimit) this.#known.clear();
    for (const [key, place] of places) this.#known.set(key, place);
  }

  async #findOrCreate(session: LogSession, { namespace, service, environment }: Names): Promise<Place> {
    const projectId = await this.#idOf(session, 'projects', { namespace, name: service });
    const tier = guessTier(environment);
    const slug = environmentSlug(environment);
    const environmentId = await this.#idOf(
      session,
      'environments',
      { project_id: projectId, name: environment },
      { slug, tier },
    );
    const stored = await session.find([
      { table: 'environments', columns: ['tier'], by: { id: 'bigint' }, keys: [[environmentId]] },
    ]);
    const [row] = stored[0] ?? [];
    return { projectId, namespace, service, environmentId, environment, tier: (row?.['tier'] ?? tier) as Tier }; // a tier was stored
  }

  async #idOf(session: LogSession, table: 'projects' | 'environments', key: Row, rest: Row = {}): Promise<number> {
    const by = Object.fromEntries(
      Object.keys(key).map((name) => [name, typeof key[name] === 'number' ? 'bigint' : 'text'] as const),
    );
    const [[row] = []] = await session.find([{ table, columns: ['id'], by, keys: [Object.values(key)] }]);
    if (row) return Number(row['id']);
    const values = { ...key, ...rest, created_at: this.#clock() };
    const created = await session.kysely
      .insertInto(table)
      .values(values as never)
      .returning('id')
      .executeTakeFirstOrThrow(); // both tables have these columns
    return created.id;
  }
}

/** Tells one place from another in a Map: no name has a NUL. */
export function placeKey({ namespace, service, environment }: Names): string {
  return `${namespace}\0${service}\0${environment}`;
}
