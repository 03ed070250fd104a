import { CompiledQuery, type Kysely, type KyselyPlugin } from 'kysely';
import type { Schema } from '../../src/server/db/schema.ts';

interface Planned {
  readonly sql: string;
  /** What SQLite does for it, a step a line. */
  readonly steps: string;
}

/** The same connections to SQLite, watched: `plans` tells of all that was asked through `db` how SQLite goes about it. */
export function watchQueries(read: Kysely<Schema>) {
  const asked: CompiledQuery[] = [];
  const watching: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      asked.push(read.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const planOf = async ({ sql, parameters }: CompiledQuery): Promise<Planned> => {
    const explain = CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]);
    const { rows } = await read.executeQuery<{ detail: string }>(explain);
    return { sql, steps: rows.map(({ detail }) => detail).join('\n') };
  };
  return { db: read.withPlugin(watching), plans: () => Promise.all(asked.map(planOf)) };
}
