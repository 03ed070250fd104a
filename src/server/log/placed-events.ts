import type { Kysely } from 'kysely';
import type { Tier } from '../../contract/tiers.ts';
import type { Schema } from '../db/schema.ts';
import type { EventTable } from '../db/tables/log.ts';
import type { Visibility } from '../principal.ts';
import type { PlacedEvent } from './append-request.ts';
import { eventOf } from './event-rows.ts';
import type { ReadPlace } from './places.ts';

/** Events joined with the names of their places: what every list and the stream read. */
export function placedEvents(db: Kysely<Schema>) {
  return db
    .selectFrom('events as e')
    .innerJoin('projects as p', 'p.id', 'e.project_id')
    .innerJoin('environments as n', 'n.id', 'e.environment_id')
    .selectAll('e')
    .select([
      'p.namespace',
      'p.name as service',
      'p.visibility',
      'p.everyone_level',
      'n.name as environment',
      'n.tier',
    ]);
}

export function placedEventOf(row: EventTable & PlaceColumns): PlacedEvent {
  return { event: eventOf(row), place: placeOf(row) };
}

interface PlaceColumns {
  readonly project_id: number;
  readonly namespace: string;
  readonly service: string;
  readonly visibility: string;
  readonly everyone_level: number;
  readonly environment_id: number;
  readonly environment: string;
  readonly tier: string;
}

/** A place as it is read with something that lies there. */
export function placeOf(row: PlaceColumns): ReadPlace {
  const { namespace, service, environment, project_id: projectId, environment_id: environmentId } = row;
  const visibility = row.visibility as Visibility; // one was stored
  const tier = row.tier as Tier; // one was stored
  return {
    projectId,
    namespace,
    service,
    visibility,
    everyoneLevel: row.everyone_level,
    environmentId,
    environment,
    tier,
  };
}
