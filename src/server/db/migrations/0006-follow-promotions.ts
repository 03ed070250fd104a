import { type QueryExecutorProvider, sql } from 'kysely';
import { chunksOf } from '../chunks.ts';
import type { ColumnTypes } from '../dialect.ts';

const pageSize = 1000;

/** Which deployments name which parents, so that what a deployment was promoted to is found by its key. */
export async function followPromotions(
  db: QueryExecutorProvider,
  { int, tableSuffix, binaryText }: ColumnTypes,
): Promise<void> {
  await sql
    .raw(`create table promotions (
      parent_key text ${binaryText} not null, project_id ${int} not null, deployment_id ${int} not null,
      primary key (parent_key, project_id, deployment_id)) ${tableSuffix}`)
    .execute(db);
  await toldBefore(db);
  await sql`create index promotions_project on promotions (project_id, deployment_id)`.execute(db);
}

interface Told {
  readonly position: number;
  readonly deployment_id: number;
  readonly project_id: number;
  readonly parents: string;
}

/** What the log has of them already. */
async function toldBefore(db: QueryExecutorProvider): Promise<void> {
  for (let after = 0; ; ) {
    const { rows } = await sql<Told>`
      select position, deployment_id, project_id, parents from events
      where position > ${after} and parents is not null order by position limit ${sql.lit(pageSize)}`.execute(db);
    const named = rows.flatMap(
      ({ parents, ...told }) => (JSON.parse(parents) as string[]).map((key) => ({ key, ...told })), // written by detailsRow
    );
    for (const some of chunksOf(named, 200)) {
      const values = some.map(({ key, project_id, deployment_id }) => sql`(${key}, ${project_id}, ${deployment_id})`);
      await sql`insert into promotions (parent_key, project_id, deployment_id)
        values ${sql.join(values)} on conflict do nothing`.execute(db);
    }
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    after = Number(last.position);
  }
}
