import { type Kysely, type Selectable, sql } from 'kysely';
import { contains } from '../../db/contains.ts';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { MemberTable } from '../../db/tables/places.ts';
import type { MemberFilter } from './member-types.ts';
import type { Holder, Listed, Page } from './membership-types.ts';

export type MemberRow = Selectable<MemberTable>;

/** With the path of the group that it is a membership of; null: of a project. */
export type PlacedMember = MemberRow & { readonly group_path: string | null };

/** What they are members of. */
type Home = Pick<Holder, 'kind' | 'id'>;

export class MemberStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** In the order in which they became members. */
  async list(
    home: Home,
    groups: readonly string[],
    filter: MemberFilter,
    now: number,
    { limit, offset }: Page,
  ): Promise<Listed<PlacedMember>> {
    // Of several memberships the one that counts: the highest, and of those the nearest.
    const ranked = this.#holding(home, groups, now)
      .select(
        sql<number>`row_number() over (partition by m.user_id order by m.access_level desc, m.id desc)`.as('rank'),
      )
      .select(['m.id', 'm.user_id']);
    const { search, userIds, exceptUserIds } = filter;
    let matching = this.#database.read
      .with('ranked', () => ranked)
      .selectFrom('ranked')
      .innerJoin('members as m', 'm.id', 'ranked.id')
      .innerJoin('users as u', 'u.id', 'm.user_id')
      .leftJoin('groups as g', 'g.id', 'm.group_id')
      .where('ranked.rank', '=', 1);
    if (search !== undefined) {
      matching = matching.where((eb) => contains(search, eb.ref('u.username'), eb.ref('u.name')));
    }
    if (userIds && userIds.length > 0) matching = matching.where('m.user_id', 'in', userIds);
    if (exceptUserIds && exceptUserIds.length > 0) matching = matching.where('m.user_id', 'not in', exceptUserIds);
    const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const rows = matching.selectAll('m').select('g.path as group_path');
    const items = await rows.orderBy('m.id').limit(limit).offset(offset).execute();
    return { items, total: Number(total) };
  }

  /** The membership that counts of one user. */
  async find(home: Home, groups: readonly string[], userId: number, now: number): Promise<PlacedMember | undefined> {
    const found = this.#holding(home, groups, now).where('m.user_id', '=', userId);
    const placed = found.selectAll('m').select('g.path as group_path');
    return placed.orderBy('m.access_level', 'desc').orderBy('m.id', 'desc').executeTakeFirst();
  }

  /** The membership right there, whether it holds or has expired. */
  direct(tx: Kysely<Schema>, { kind, id }: Home, userId: number): Promise<MemberRow | undefined> {
    const here = tx
      .selectFrom('members')
      .selectAll()
      .where(kind === 'project' ? 'project_id' : 'group_id', '=', id);
    return here.where('user_id', '=', userId).executeTakeFirst();
  }

  /** false: the user is a member already. */
  async insert(
    tx: Kysely<Schema>,
    home: Home,
    member: Omit<MemberRow, 'id' | 'group_id' | 'project_id'>,
  ): Promise<boolean> {
    const place = home.kind === 'project' ? { project_id: home.id } : { group_id: home.id };
    const values = { ...member, ...place };
    const insert = tx
      .insertInto('members')
      .values(values)
      .onConflict((conflict) => conflict.doNothing());
    return (await insert.returning('id').executeTakeFirst()) !== undefined;
  }

  async update(
    tx: Kysely<Schema>,
    id: number,
    change: Partial<Pick<MemberRow, 'access_level' | 'expires_at'>>,
  ): Promise<void> {
    await tx.updateTable('members').set(change).where('id', '=', id).execute();
  }

  async delete(tx: Kysely<Schema>, id: number): Promise<void> {
    await tx.deleteFrom('members').where('id', '=', id).execute();
  }

  /** People, not bots, at this level or higher whose membership does not end. */
  async people(tx: Kysely<Schema>, home: Home, level: number): Promise<number[]> {
    const rows = tx
      .selectFrom('members as m')
      .innerJoin('users as u', 'u.id', 'm.user_id')
      .select('m.user_id')
      .where(home.kind === 'project' ? 'm.project_id' : 'm.group_id', '=', home.id)
      .where('m.access_level', '>=', level)
      .where('m.expires_at', 'is', null)
      .where('u.bot', '=', 0)
      .where('u.state', '=', 'active');
    return (await rows.execute()).map(({ user_id }) => user_id);
  }

  /** Memberships that hold now, of one place, and of the groups with these paths. */
  #holding({ kind, id }: Home, groups: readonly string[], now: number) {
    return this.#database.read
      .selectFrom('members as m')
      .leftJoin('groups as g', 'g.id', 'm.group_id')
      .where((eb) => {
        const here = eb(kind === 'project' ? 'm.project_id' : 'm.group_id', '=', id);
        return groups.length > 0 ? eb.or([here, eb('g.path', 'in', groups)]) : here;
      })
      .where((eb) => eb.or([eb('m.expires_at', 'is', null), eb('m.expires_at', '>', now)]));
  }
}
