import type { Kysely } from 'kysely';
import { projectPath } from '../../../contract/project-path.ts';
import type { Schema } from '../../db/schema.ts';
import type { Membership } from '../../principal.ts';

/** What principals are told of memberships: the paths and levels of one user. */
export class MembershipStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** Those that have not expired, in groups and in projects. */
  async ofUser(userId: number, now: number): Promise<Membership[]> {
    const rows = await this.#db
      .selectFrom('members as m')
      .leftJoin('groups as g', 'g.id', 'm.group_id')
      .leftJoin('projects as p', 'p.id', 'm.project_id')
      .select(['m.access_level', 'g.path', 'p.namespace', 'p.name'])
      .where('m.user_id', '=', userId)
      .where((eb) => eb.or([eb('m.expires_at', 'is', null), eb('m.expires_at', '>', now)]))
      .execute();
    return rows.map(({ access_level: level, path, namespace, name }): Membership => {
      if (path !== null) return { kind: 'group', path, level };
      return { kind: 'project', path: projectPath({ namespace: namespace ?? '', service: name ?? '' }), level };
    });
  }
}
