import type { Tier } from '../../contract/tiers.ts';
import type { Clock } from '../clock.ts';
import type { LogSession } from '../db/database.ts';
import type { ProjectAccess, Visibility } from '../principal.ts';
import { createEnvironment, createProject, findProject, shownColumns } from './new-places.ts';

/** One project in one environment, with the names people use for them. */
export interface Place extends ProjectAccess {
  readonly projectId: number;
  readonly environmentId: number;
  readonly environment: string;
  readonly tier: Tier;
  /** Whether the project has hooks that want to be told of changes. */
  readonly hooked: boolean;
  readonly shown: ShownEnvironment;
}

/** What is shown of an environment with each deployment to it. */
export interface ShownEnvironment {
  readonly id: number;
  readonly name: string;
  readonly slug: string;
  readonly externalUrl: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What is read of a place with what lies there. */
export type ReadPlace = Omit<Place, 'hooked' | 'shown'>;

/** An empty namespace: the service has none. */
type Names = Pick<Place, 'namespace' | 'service' | 'environment'>;

const cacheLimit = 50_000;

/**
 * Finds the project and environment that a report names, and creates what it names for the first time. What a
 * transaction creates is remembered only once it has committed, and all of it is forgotten when places_version of the log
 * says that something about places has changed.
 */
export class Places {
  readonly #clock: Clock;
  readonly #known = new Map<string, Place>();
  #version = -1;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What is remembered of a place. */
  known(names: Names): Place | undefined {
    return this.#known.get(placeKey(names));
  }

  /** Answers a place for each distinct name, by `placeKey`. */
  async resolve(session: LogSession, names: readonly Names[]): Promise<Map<string, Place>> {
    const wanted = new Map(names.map((name) => [placeKey(name), name]));
    const found = new Map<string, Place>();
    for (const [key, name] of wanted) {
      const place = this.#known.get(key) ?? (await findOrCreate(session, name, this.#clock()));
      found.set(key, place);
    }
    return found;
  }

  /** Whether what `resolve` answers is as the log has it. If not, everything is forgotten, and it must be asked again. */
  isCurrent(version: number): boolean {
    if (version === this.#version) return true;
    this.#known.clear();
    this.#version = version;
    return false;
  }

  remember(places: ReadonlyMap<string, Place>): void {
    if (this.#known.size > cacheLimit) this.#known.clear();
    for (const [key, place] of places) this.#known.set(key, place);
  }
}

async function findOrCreate(session: LogSession, names: Names, now: number): Promise<Place> {
  const { namespace, service, environment } = names;
  const project =
    (await findProject(session, namespace, service)) ?? (await createProject(session, namespace, service, now));
  const known = await session.kysely
    .selectFrom('environments')
    .select(shownColumns)
    .where('project_id', '=', project.id)
    .where('name', '=', environment)
    .executeTakeFirst();
  const row = known ?? (await createEnvironment(session, project.id, environment, now));
  return {
    projectId: project.id,
    namespace,
    service,
    visibility: project.visibility as Visibility, // one was stored
    everyoneLevel: project.everyone_level,
    hooked: await hasHooks(session, project.id),
    environmentId: row.id,
    environment,
    tier: row.tier as Tier, // one was stored
    shown: shownOf({ ...row, name: environment }),
  };
}

export function shownOf(row: {
  readonly id: number;
  readonly name: string;
  readonly slug: string;
  readonly external_url: string | null;
  readonly created_at: number;
  readonly updated_at: number;
}): ShownEnvironment {
  const { id, name, slug, external_url: externalUrl, created_at: createdAt, updated_at: updatedAt } = row;
  return { id, name, slug, externalUrl, createdAt, updatedAt };
}

async function hasHooks({ kysely }: LogSession, projectId: number): Promise<boolean> {
  const hook = await kysely.selectFrom('hooks').select('id').where('project_id', '=', projectId).executeTakeFirst();
  return hook !== undefined;
}

/** Tells one place from another in a Map: no name has a NUL. */
export function placeKey({ namespace, service, environment }: Names): string {
  return `${namespace}\0${service}\0${environment}`;
}
