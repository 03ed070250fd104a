import type { Database } from '../../db/database.ts';

export class GateStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The projects with a protection or freeze period, of their own or of a group above, and the newest of all projects. */
  async gatedProjects(): Promise<{ readonly ids: ReadonlySet<number>; readonly newestId: number }> {
    const db = this.#database.read;
    const below = db
      .selectFrom('projects as p')
      .innerJoin('groups as g', (join) =>
        join.on((eb) => {
          const text = (value: string) => eb.cast<string>(eb.val(value), 'text');
          // Names below `group/` lie between it and `group0`: "0" follows "/" in byte order.
          const from = eb('p.namespace', '>', eb(eb.ref('g.path'), '||', text('/')));
          const to = eb('p.namespace', '<', eb(eb.ref('g.path'), '||', text('0')));
          return eb.or([eb('p.namespace', '=', eb.ref('g.path')), eb.and([from, to])]);
        }),
      )
      .innerJoin('protected_environments as e', 'e.group_id', 'g.id')
      .select('p.id');
    const own = db.selectFrom('protected_environments').select('project_id as id').where('project_id', 'is not', null);
    const frozen = db.selectFrom('freeze_periods').select('project_id as id');
    const rows = await own.union(frozen).union(below).execute();
    const { newest } = await db
      .selectFrom('projects')
      .select((eb) => eb.fn.max('id').as('newest'))
      .executeTakeFirstOrThrow();
    return { ids: new Set(rows.flatMap(({ id }) => id ?? [])), newestId: newest ?? 0 };
  }
}
