import type { Kysely } from 'kysely';
import type { Schema } from '../../db/schema.ts';
import { visibleTo } from '../../log/visible-projects.ts';
import type { Principal } from '../../principal.ts';

export interface FoundCommit {
  readonly repositoryId: number;
  readonly n: number;
}

export interface TaggedCommit extends FoundCommit {
  readonly tag: string;
}

/** Of a repository that many projects share so many are looked at. */
const mostProjects = 50;

/** Finds commits in the repositories of projects that somebody may read. */
export class WhereStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** Those whose sha begins with these digits, the latest first. */
  async commits(principal: Principal, prefix: string, limit: number): Promise<FoundCommit[]> {
    const rows = await this.#db
      .selectFrom('commits')
      .select(['repository_id', 'n'])
      // `g` follows every digit of a sha in byte order.
      .where('sha', '>=', prefix)
      .where('sha', '<', `${prefix}g`)
      .where('repository_id', 'in', this.#visible(principal))
      .orderBy('committed_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ repository_id: repositoryId, n }) => ({ repositoryId, n }));
  }

  /** Those that tags name. */
  async tagged(principal: Principal, tags: readonly string[], limit: number): Promise<TaggedCommit[]> {
    const rows = await this.#db
      .selectFrom('repository_tags as t')
      .innerJoin('commits as c', (join) =>
        join.onRef('c.repository_id', '=', 't.repository_id').onRef('c.sha', '=', 't.sha'),
      )
      .select(['c.repository_id', 'c.n', 't.name'])
      .where('t.name', 'in', tags)
      .where('t.repository_id', 'in', this.#visible(principal))
      .orderBy('c.committed_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ repository_id: repositoryId, n, name }) => ({ repositoryId, n, tag: name }));
  }

  /** The projects of a repository that a principal may read, by path. */
  async projectsOf(principal: Principal, repositoryId: number): Promise<number[]> {
    const rows = await this.#db
      .selectFrom('project_repositories as c')
      .innerJoin('projects as p', 'p.id', 'c.project_id')
      .select('p.id')
      .where('c.repository_id', '=', repositoryId)
      .where((eb) => visibleTo(eb, principal))
      .orderBy('p.namespace')
      .orderBy('p.name')
      .limit(mostProjects)
      .execute();
    return rows.map(({ id }) => id);
  }

  #visible(principal: Principal) {
    return this.#db
      .selectFrom('project_repositories as c')
      .innerJoin('projects as p', 'p.id', 'c.project_id')
      .select('c.repository_id')
      .where((eb) => visibleTo(eb, principal));
  }
}
