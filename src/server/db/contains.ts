import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';

/**
 * The condition that any of these columns holds a part of text, in whatever case. SQLite knows the case of ASCII letters
 * only; both sides are folded by the database, so that what is searched as it is written is found there too.
 */
export function contains(part: string, ...columns: readonly Expression<unknown>[]): RawBuilder<SqlBool> {
  const like = `%${part.replace(/[\\%_]/g, '\\$&')}%`;
  const each = columns.map((column) => sql`lower(${column}) like lower(${like}) escape '\\'`);
  return sql<SqlBool>`(${sql.join(each, sql` or `)})`;
}
