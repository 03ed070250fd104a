import type { Tier } from '../../contract/tiers.ts';
import type { Clock } from '../clock.ts';
import type { LogSession } from '../db/database.ts';
import type { ProjectAccess, Visibility } from '../principal.ts';
import type { AppendCommand } from './append-request.ts';
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
type Named = Names & Pick<AppendCommand, 'lane' | 'projectId' | 'deploymentId'>;

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

  /** What is remembered of a place, by its placeKey. */
  known(lane: string): Place | undefined {
    return this.#known.get(lane);
  }

  /**
   * Answers the place of each command, and those that were not remembered, by placeKey. undefined for a command about
   * something that is not there any more.
   */
  async resolve(session: LogSession, commands: readonly Named[]) {
    const fresh = new Map<string, Place>();
    const places: (Place | undefined)[] = [];
    for (const command of commands) {
      const known = this.#known.get(command.lane) ?? fresh.get(command.lane);
      const place = known ?? (await findOrCreate(session, command, this.#clock()));
      if (place && !known) fresh.set(command.lane, place);
      places.push(place && (command.projectId ?? place.projectId) === place.projectId ? place : undefined);
    }
    return { places, fresh };
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

/** What a command names by id is there already: nothing is made for it. */
async function findOrCreate(session: LogSession, named: Named, now: number): Promise<Place | undefined> {
  const { namespace, service, environment, projectId, deploymentId } = named;
  const found = await findProject(session, namespace, service);
  if (projectId !== undefined && found?.id !== projectId) return undefined;
  const project = found ?? (await createProject(session, namespace, service, now));
  const known = await session.kysely
    .selectFrom('environments')
    .select(shownColumns)
    .where('project_id', '=', project.id)
    .where('name', '=', environment)
    .executeTakeFirst();
  if (!known && deploymentId !== undefined) return undefined;
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
