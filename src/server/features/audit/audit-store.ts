import type { ExpressionBuilder } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';

/** Of a project, of a group itself, of all of the server, or only what belongs to no project or group. */
export type AuditPlace =
  | { readonly kind: 'project' | 'group'; readonly id: number }
  | { readonly kind: 'all' | 'server' };

export type StoredEntry = NonNullable<Awaited<ReturnType<AuditStore['byId']>>>;

export interface AuditPage {
  readonly items: readonly StoredEntry[];
  readonly total: number;
}

export class AuditStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Newest first. `after` and `before` in epoch milliseconds, both inclusive. */
  async page(
    place: AuditPlace,
    range: { readonly after: number | undefined; readonly before: number | undefined },
    { limit, offset }: { readonly limit: number; readonly offset: number },
  ): Promise<AuditPage> {
    const matches = (eb: ExpressionBuilder<Schema & { a: Schema['audit_entries'] }, 'a'>) =>
      eb.and([
        ...placed(eb, place),
        ...(range.after === undefined ? [] : [eb('a.created_at', '>=', range.after)]),
        ...(range.before === undefined ? [] : [eb('a.created_at', '<=', range.before)]),
      ]);
    const items = await this.#entries().where(matches).orderBy('a.id', 'desc').limit(limit).offset(offset).execute();
    const counted = this.#database.read.selectFrom('audit_entries as a').where(matches);
    const { total } = await counted.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    return { items, total: Number(total) };
  }

  byId(projectId: number, id: number) {
    return this.#entries().where('a.project_id', '=', projectId).where('a.id', '=', id).executeTakeFirst();
  }

  /** With what their places are called now, unless these were deleted. */
  #entries() {
    return this.#database.read
      .selectFrom('audit_entries as a')
      .leftJoin('projects as p', (join) => join.onRef('p.id', '=', 'a.project_id').on('p.deleted_at', 'is', null))
      .leftJoin('groups as g', 'g.id', 'a.group_id')
      .selectAll('a')
      .select(['p.namespace', 'p.name as project_name', 'g.path as group_path']);
  }
}

function placed(eb: ExpressionBuilder<Schema & { a: Schema['audit_entries'] }, 'a'>, place: AuditPlace) {
  switch (place.kind) {
    case 'project':
      return [eb('a.project_id', '=', place.id)];
    case 'group':
      return [eb('a.group_id', '=', place.id)];
    case 'server':
      return [eb('a.project_id', 'is', null), eb('a.group_id', 'is', null)];
    case 'all':
      return [];
    default:
      return place satisfies never;
  }
}
