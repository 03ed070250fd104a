import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import { inChunks } from '../../db/chunks.ts';
import { contains } from '../../db/contains.ts';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import { visibleTo } from '../../log/visible-projects.ts';
import type { ChangeCursor, ChangeFilter, ChangePage, ChangeWindow, LinkFilter } from './change-filter.ts';
import { changeOf } from './change-row.ts';

type Builder = ExpressionBuilder<Schema & { c: Schema['changes'] }, 'c'>;
type Condition = Expression<SqlBool>;

/** As far as GitLab counts what a list holds. */
const mostCounted = 10_000;
const inList = 500;

/** Finds changes by what is asked of them. */
export class ChangePageStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async page(filter: ChangeFilter, window: ChangeWindow): Promise<ChangePage> {
    const { orderBy, direction } = filter;
    const { limit } = window;
    const matching = this.#database.read.selectFrom('changes as c').where((eb) => eb.and(conditions(eb, filter)));
    const sorted = matching
      .selectAll('c')
      // Of columns without null PostgreSQL uses an index only where nothing is said of null.
      .orderBy(`c.${orderBy}`, (order) =>
        orderBy === 'merged_at' ? order[direction]().nullsLast() : order[direction](),
      )
      .orderBy('c.id', direction)
      .limit(limit + 1);
    if (!('offset' in window)) {
      const { after } = window;
      const rows = await (after ? sorted.where((eb) => isAfter(eb, filter, after)) : sorted).execute();
      return { items: rows.slice(0, limit).map(changeOf), hasNext: rows.length > limit };
    }
    const rows = await sorted.offset(window.offset).execute();
    const items = rows.slice(0, limit).map(changeOf);
    const hasNext = rows.length > limit;
    const counted = matching.select('c.id').limit(mostCounted + 1);
    const { total } = await this.#database.read
      .selectFrom(counted.as('counted'))
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    return Number(total) > mostCounted ? { items, hasNext } : { items, hasNext, total: Number(total) };
  }

  /** Which of these a search finds. */
  async found(ids: readonly number[], search: string): Promise<number[]> {
    const fitting = this.#database.read
      .selectFrom('changes as c')
      .select('c.id')
      .where((eb) => found(eb, search));
    const rows = await inChunks(ids, (some) => fitting.where('c.id', 'in', some).execute());
    return rows.map(({ id }) => id);
  }
}

function conditions(eb: Builder, filter: ChangeFilter): Condition[] {
  return [ofProjects(eb, filter), ...ofNames(eb, filter), ...ofMoments(eb, filter), ...ofLink(eb, filter.link)].flat();
}

function ofProjects(eb: Builder, { seenBy, projectIds, group, ids, numbers }: ChangeFilter): Condition[] {
  const there = eb
    .selectFrom('projects as p')
    .select('p.id')
    .where('p.deleted_at', 'is', null)
    .where((inner) => eb.and(seenBy ? [visibleTo(inner, seenBy)] : []))
    // Names below `group/` lie between it and `group0`: "0" follows "/" in byte order.
    .where((inner) =>
      group === undefined
        ? inner.and([])
        : inner.or([
            inner('p.namespace', '=', group),
            inner.and([inner('p.namespace', '>', `${group}/`), inner('p.namespace', '<', `${group}0`)]),
          ]),
    );
  // Of nearly all projects' changes those that come first in the order are looked at first; of few projects theirs are sorted.
  const areMany = group === undefined && (seenBy === undefined || seenBy.reach.kind === 'all');
  return [
    areMany ? eb.exists(there.whereRef('p.id', '=', 'c.project_id')) : eb('c.project_id', 'in', there),
    ...(projectIds ? [isAny(eb, 'c.project_id', projectIds)] : []),
    ...(ids ? [isAny(eb, 'c.id', ids)] : []),
    ...(numbers ? [isAny(eb, 'c.number', numbers)] : []),
  ];
}

const everywhere: NonNullable<ChangeFilter['searchIn']> = ['title', 'description', 'number'];

function ofNames(eb: Builder, filter: ChangeFilter): Condition[] {
  const { states, author, writtenBy, mergedBy, search } = filter;
  const { sourceBranch, targetBranch, isDraft, labels = [], hasLabels } = filter;
  return [
    ...(states ? [states.length === 0 ? nothing : eb('c.state', 'in', states)] : []),
    ...(author === undefined ? [] : [sameName('author_username', author)]),
    ...(writtenBy === undefined
      ? []
      : [eb.or([sameName('author_username', writtenBy), sameName('author_name', writtenBy)])]),
    ...(mergedBy === undefined ? [] : [sameName('merged_by', mergedBy)]),
    ...(search ? [found(eb, search, filter.searchIn)] : []),
    ...(sourceBranch === undefined ? [] : [eb('c.source_branch', '=', sourceBranch)]),
    ...(targetBranch === undefined ? [] : [eb('c.target_branch', '=', targetBranch)]),
    ...(isDraft === undefined ? [] : [eb('c.draft', '=', Number(isDraft))]),
    ...labels.map((label) => sql<SqlBool>`replace(c.labels, ${JSON.stringify(label)}, '') <> c.labels`),
    ...(hasLabels === undefined ? [] : [eb('c.labels', hasLabels ? '<>' : '=', '[]')]),
  ];
}

function found(eb: Builder, search: string, searchIn = everywhere): Condition {
  const texts = searchIn.flatMap((column) => (column === 'number' ? [] : [eb.ref(`c.${column}`)]));
  const number = searchIn.includes('number') ? /^\s*[#!]?(\d{1,9})\s*$/.exec(search)?.[1] : undefined;
  return eb.or([
    ...(texts.length === 0 ? [] : [contains(search, ...texts)]),
    ...(number === undefined ? [] : [eb('c.number', '=', Number(number))]),
  ]);
}

function ofMoments(eb: Builder, filter: ChangeFilter): Condition[] {
  const { createdAfter, createdBefore, updatedAfter, updatedBefore, mergedAfter, mergedBefore } = filter;
  const bounds = [
    ['c.created_at', '>=', createdAfter],
    ['c.created_at', '<=', createdBefore],
    ['c.updated_at', '>=', updatedAfter],
    ['c.updated_at', '<=', updatedBefore],
    ['c.merged_at', '>=', mergedAfter],
    ['c.merged_at', '<=', mergedBefore],
  ] as const;
  return bounds.flatMap(([column, comparison, at]) => (at === undefined ? [] : [eb(column, comparison, at)]));
}

/** Of links to environments that are still there. */
function ofLink(eb: Builder, link: LinkFilter | undefined): Condition[] {
  const { environment, environmentIds, deploymentId, deployedAfter, deployedBefore } = link ?? {};
  const asked = [environment, environmentIds, deploymentId, deployedAfter, deployedBefore];
  if (asked.every((value) => value === undefined)) return [];
  let links = eb
    .selectFrom('change_deployments as l')
    .innerJoin('environments as n', 'n.id', 'l.environment_id')
    .select('l.change_id')
    .where('n.deleted_at', 'is', null)
    .whereRef('l.change_id', '=', 'c.id');
  if (environment !== undefined) links = links.where('n.name', '=', environment);
  if (environmentIds !== undefined) links = links.where('n.id', 'in', [-1, ...environmentIds.slice(0, inList)]);
  if (deploymentId !== undefined) links = links.where('l.deployment_id', '=', deploymentId);
  if (deployedAfter !== undefined) links = links.where('l.deployed_at', '>', deployedAfter);
  if (deployedBefore !== undefined) links = links.where('l.deployed_at', '<', deployedBefore);
  return [eb.exists(links)];
}

/** In the order of the list; what has no such moment comes last in either direction. */
function isAfter(eb: Builder, { orderBy, direction }: ChangeFilter, { value, id }: ChangeCursor): Condition {
  const column = `c.${orderBy}` as const;
  const beyond = direction === 'asc' ? '>' : '<';
  const later = eb('c.id', beyond, id);
  if (value === null) return eb.and([eb(column, 'is', null), later]);
  const alike = eb.and([eb(column, '=', value), later]);
  return eb.or([eb(column, beyond, value), alike, eb(column, 'is', null)]);
}

const nothing = sql<SqlBool>`1 = 0`;

function sameName(column: 'author_username' | 'author_name' | 'merged_by', name: string): Condition {
  return sql<SqlBool>`lower(${sql.ref(`c.${column}`)}) = lower(${name})`;
}

function isAny(eb: Builder, column: 'c.project_id' | 'c.id' | 'c.number', values: readonly number[]): Condition {
  const chunks: (readonly number[])[] = [];
  for (let start = 0; start < values.length; start += inList) chunks.push(values.slice(start, start + inList));
  return chunks.length === 0 ? nothing : eb.or(chunks.map((chunk) => eb(column, 'in', chunk)));
}
