import type { ExpressionBuilder, Kysely } from 'kysely';
import type { Status } from '../../../contract/statuses.ts';
import type { Schema } from '../../db/schema.ts';
import type { PlacedEvent } from '../../log/append-request.ts';
import { placedEventOf, placedEvents } from '../../log/log-store.ts';
import type { Reach } from '../../principal.ts';

/** All that is given must hold. Moments in epoch milliseconds, `since` inclusive, `until` exclusive. */
export interface EventFilter {
  readonly service?: string | undefined;
  /** Empty: services without a namespace. */
  readonly namespace?: string | undefined;
  readonly environment?: string | undefined;
  readonly status?: Status | undefined;
  readonly deploymentKey?: string | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Case-insensitive, anywhere in what people see of an event. */
  readonly text?: string | undefined;
  readonly limit: number;
  readonly cursor?: EventCursor | undefined;
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

  async byId(id: string): Promise<PlacedEvent | undefined> {
    const row = await placedEvents(this.#db).where('e.id', '=', id).executeTakeFirst();
    return row && placedEventOf(row);
  }

  /** Stops looking when `gone` is aborted, and answers what it has. */
  async page(filter: EventFilter, reach: Reach, gone: AbortSignal): Promise<EventPage> {
    const lanes = await this.#lanes(filter, reach);
    const events = await this.#walk(filter, lanes, gone);
    const page = events.slice(0, filter.limit);
    const last = page.at(-1)?.event;
    const more = events.length > filter.limit && last;
    return { events: page, next: more ? { happenedAt: last.happenedAt, position: last.position } : undefined };
  }

  /** One event more than the limit, where there is one. */
  async #walk(filter: EventFilter, lanes: Lanes, gone: AbortSignal): Promise<PlacedEvent[]> {
    const wanted = filter.limit + 1;
    const { scopes, rest } = narrow(filter, lanes);
    const size = rest.length === 0 ? wanted : sliceSize;
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
    let query = placedEvents(this.#db);
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

  /** The lanes that the names and the caller's reach leave; undefined where they leave all. */
  async #lanes({ service, namespace, environment }: EventFilter, reach: Reach): Promise<Lanes> {
    if (service === undefined && namespace === undefined && environment === undefined && reach.kind === 'all')
      return undefined;
    let query = this.#db
      .selectFrom('environments as n')
      .innerJoin('projects as p', 'p.id', 'n.project_id')
      .select('n.id')
      .where((eb) => withinReach(eb, reach));
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

/** Splits a filter into what an index serves in the order asked for, and what is left to be looked at event by event. */
function narrow({ status, text }: EventFilter, lanes: Lanes): { scopes: readonly Scope[]; rest: readonly Condition[] } {
  const rest: Condition[] = [];
  if (status !== undefined) rest.push(({ event }) => event.status === status);
  if (text) rest.push((event) => contains(event, text.toLowerCase()));
  if (!lanes) return { scopes: ['everywhere'], rest };
  if (lanes.length <= fewLanes) return { scopes: lanes, rest };
  const wanted = new Set(lanes);
  return { scopes: ['everywhere'], rest: [...rest, ({ place }) => wanted.has(place.environmentId)] };
}

function newestFirst(a: PlacedEvent, b: PlacedEvent): number {
  return b.event.happenedAt - a.event.happenedAt || b.event.position - a.event.position;
}

/** The condition that a row of `projects as p` lies within reach. */
export function withinReach(eb: ExpressionBuilder<{ p: Schema['projects'] }, 'p'>, reach: Reach) {
  switch (reach.kind) {
    case 'all':
      return eb(eb.lit(1), '=', 1);
    case 'group':
      // Names below `group/` lie between it and `group0`: "0" follows "/" in byte order.
      return eb.or([
        eb('p.namespace', '=', reach.namespace),
        eb.and([eb('p.namespace', '>', `${reach.namespace}/`), eb('p.namespace', '<', `${reach.namespace}0`)]),
      ]);
    case 'project':
      return eb.and([eb('p.namespace', '=', reach.namespace), eb('p.name', '=', reach.service)]);
    default:
      return reach satisfies never;
  }
}

function contains({ event, place }: PlacedEvent, needle: string): boolean {
  const { version, actor, ref, sha, runNumber } = event.details;
  const { service, namespace, environment } = place;
  const fields = [
    service,
    namespace,
    environment,
    version,
    event.word,
    actor,
    ref,
    sha,
    event.deploymentKey,
    runNumber,
  ];
  return fields.some((field) => field !== null && String(field).toLowerCase().includes(needle));
}
