import type { Kysely } from 'kysely';
import { hasWords, searchWords } from '../../../contract/search-words.ts';
import type { Status } from '../../../contract/statuses.ts';
import type { Schema } from '../../db/schema.ts';
import type { PlacedEvent } from '../../log/append-request.ts';
import { placedEventOf, placedEvents } from '../../log/placed-events.ts';
import type { ReadPlace } from '../../log/places.ts';
import { visibleTo } from '../../log/visible-projects.ts';
import { type Principal, type ProjectAccess, sees, seesEverything, type Visibility } from '../../principal.ts';

/** All that is given must hold. Moments in epoch milliseconds, `since` inclusive, `until` exclusive. */
export interface EventFilter {
  readonly service?: string | undefined;
  /** Empty: services without a namespace. */
  readonly namespace?: string | undefined;
  readonly environment?: string | undefined;
  readonly statuses?: readonly Status[] | undefined;
  readonly deploymentKey?: string | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Words, each of them somewhere in what people see of an event, in whatever case. */
  readonly text?: string | undefined;
  readonly limit: number;
  readonly cursor?: EventCursor | undefined;
}

type Names = Pick<ReadPlace, 'namespace' | 'service' | 'environment'>;

/** As much of a place as is needed to say who may report there. */
export interface KnownPlace extends ProjectAccess {
  readonly projectId: number;
  /** null: nothing has been deployed there yet. */
  readonly environmentId: number | null;
  readonly environment: string;
}

/** The last event of the page before. */
export interface EventCursor {
  readonly happenedAt: number;
  readonly position: number;
}

export interface EventPage {
  readonly events: readonly PlacedEvent[];
  /** undefined on the last page. */
  readonly next: EventCursor | undefined;
}

/**
 * What no index serves is looked for in slices of so many events, so that a rare thing in a long log holds neither the
 * database nor this process for long.
 */
const sliceSize = 2000;

/** Up to so many lanes are read one by one and merged; beyond, a walk through all events meets them often enough. */
const fewLanes = 20;

export class DeploymentStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** The place of a report that names one; undefined where its project is not there yet. */
  async placeOf({ namespace, service, environment }: Names): Promise<KnownPlace | undefined> {
    const row = await this.#db
      .selectFrom('projects as p')
      .leftJoin('environments as n', (join) => join.onRef('n.project_id', '=', 'p.id').on('n.name', '=', environment))
      .select(['p.id', 'p.visibility', 'p.everyone_level', 'n.id as environment_id'])
      .where('p.namespace', '=', namespace)
      .where('p.name', '=', service)
      .executeTakeFirst();
    if (!row) return undefined;
    const visibility = row.visibility as Visibility; // one was stored
    const { id: projectId, everyone_level: everyoneLevel, environment_id: environmentId } = row;
    return { projectId, environmentId, namespace, service, environment, visibility, everyoneLevel };
  }

  /** How open a new project of a namespace will be: as its nearest group. */
  async visibilityBelow(namespace: string): Promise<Visibility> {
    const parts = namespace.split('/');
    const paths = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
    const rows = await this.#db
      .selectFrom('groups')
      .select(['path', 'visibility'])
      .where('path', 'in', paths)
      .execute();
    const nearest = rows.toSorted((a, b) => b.path.length - a.path.length)[0];
    return nearest?.visibility === 'private' ? 'private' : 'internal';
  }

  async byId(id: string): Promise<PlacedEvent | undefined> {
    const row = await placedEvents(this.#db).where('e.id', '=', id).executeTakeFirst();
    return row && placedEventOf(row);
  }

  /** Stops looking when `gone` is aborted, and answers what it has. */
  async page(filter: EventFilter, principal: Principal, gone: AbortSignal): Promise<EventPage> {
    const lanes = await this.#lanes(filter, principal);
    const events = await this.#walk(filter, narrow(filter, lanes, principal), gone);
    const page = events.slice(0, filter.limit);
    const last = page.at(-1)?.event;
    const more = events.length > filter.limit && last;
    return { events: page, next: more ? { happenedAt: last.happenedAt, position: last.position } : undefined };
  }

  /** One event more than the limit, where there is one. */
  async #walk(filter: EventFilter, { scopes, rest, rare }: Narrowed, gone: AbortSignal): Promise<PlacedEvent[]> {
    const wanted = filter.limit + 1;
    const size = rare ? sliceSize : wanted;
    const found: PlacedEvent[] = [];
    let cursor = filter.cursor;
    while (found.length < wanted && !gone.aborted) {
      const slice = await this.#slice(filter, scopes, size, cursor);
      found.push(...slice.filter((event) => rest.every((holds) => holds(event))));
      const last = slice.at(-1)?.event;
      if (!last || slice.length < size) break;
      cursor = { happenedAt: last.happenedAt, position: last.position };
      await new Promise((resolve) => setImmediate(resolve));
    }
    return found;
  }

  /** The newest events of all scopes together: each has its index in the order asked for, so each gives its newest. */
  async #slice(
    filter: EventFilter,
    scopes: readonly Scope[],
    limit: number,
    cursor: EventCursor | undefined,
  ): Promise<PlacedEvent[]> {
    const parts: PlacedEvent[][] = [];
    for (const scope of scopes) parts.push(await this.#newest(filter, scope, limit, cursor));
    const [only = []] = parts;
    return parts.length === 1 ? only : parts.flat().toSorted(newestFirst).slice(0, limit);
  }

  async #newest(
    filter: EventFilter,
    scope: Scope,
    limit: number,
    cursor: EventCursor | undefined,
  ): Promise<PlacedEvent[]> {
    const { deploymentKey, since, until } = filter;
    const keyed = this.#db
      .selectFrom('deployments')
      .select('id')
      .where('key', '=', deploymentKey ?? '');
    let query = placedEvents(this.#db)
      .where('e.act', 'is', null)
      .where('p.deleted_at', 'is', null)
      .where('n.deleted_at', 'is', null);
    if (scope !== 'everywhere') query = query.where('e.environment_id', '=', scope);
    if (deploymentKey !== undefined) query = query.where('e.deployment_id', 'in', keyed);
    if (since !== undefined) query = query.where('e.happened_at', '>=', since);
    if (until !== undefined) query = query.where('e.happened_at', '<', until);
    if (cursor) {
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('e.happened_at', 'e.position'), '<', tuple(cursor.happenedAt, cursor.position)),
      );
    }
    const rows = await query.orderBy('e.happened_at', 'desc').orderBy('e.position', 'desc').limit(limit).execute();
    return rows.map(placedEventOf);
  }

  /** The lanes that the names and the caller's reach leave; undefined where neither says anything. */
  async #lanes({ service, namespace, environment }: EventFilter, principal: Principal): Promise<Lanes> {
    const named = service !== undefined || namespace !== undefined || environment !== undefined;
    if (!named && principal.reach.kind === 'all') return undefined;
    let query = this.#db
      .selectFrom('environments as n')
      .innerJoin('projects as p', 'p.id', 'n.project_id')
      .select('n.id')
      .where('n.deleted_at', 'is', null)
      .where((eb) => visibleTo(eb, principal));
    if (service !== undefined) query = query.where('p.name', '=', service);
    if (namespace !== undefined) query = query.where('p.namespace', '=', namespace);
    if (environment !== undefined) query = query.where('n.name', '=', environment);
    return (await query.execute()).map(({ id }) => id);
  }
}

type Lanes = readonly number[] | undefined;
/** One environment's events, or all of them. */
type Scope = number | 'everywhere';
type Condition = (event: PlacedEvent) => boolean;

interface Narrowed {
  readonly scopes: readonly Scope[];
  readonly rest: readonly Condition[];
  /** What is asked for may be rare among what the scopes hold. */
  readonly rare: boolean;
}

/** Splits a filter into what an index serves in the order asked for, and what is left to be looked at event by event. */
function narrow({ statuses, text }: EventFilter, lanes: Lanes, principal: Principal): Narrowed {
  const rest: Condition[] = [];
  if (statuses !== undefined) rest.push(({ event }) => statuses.includes(event.status));
  const words = searchWords(text ?? '');
  if (words.length > 0) rest.push((event) => hasWords(words, textsOf(event)));
  if (lanes && lanes.length <= fewLanes) return { scopes: lanes, rest, rare: rest.length > 0 };
  const wanted = new Set(lanes);
  if (lanes) rest.push(({ place }) => wanted.has(place.environmentId));
  // Few projects are private, so hardly anything is left out by that alone.
  const rare = rest.length > 0;
  if (!lanes && !seesEverything(principal)) rest.push(({ place }) => sees(principal, place));
  return { scopes: ['everywhere'], rest, rare };
}

function newestFirst(a: PlacedEvent, b: PlacedEvent): number {
  return b.event.happenedAt - a.event.happenedAt || b.event.position - a.event.position;
}

/** What a search looks in: the status by the word that came in and by ours, as people say "failed" of a failure. */
function textsOf({ event, place }: PlacedEvent) {
  const { version, actor, ref, sha, runNumber } = event.details;
  const { service, namespace, environment } = place;
  const { word, status, deploymentKey } = event;
  return [service, namespace, environment, version, word, status, actor, ref, sha, deploymentKey, runNumber];
}
