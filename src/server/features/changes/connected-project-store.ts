import type { Kysely } from 'kysely';
import type { Schema } from '../../db/schema.ts';
import { visibleTo } from '../../log/visible-projects.ts';
import type { Principal, ProjectAccess, Visibility } from '../../principal.ts';
import { type RepositoryStanding, type StandingFacts, standingOfMany } from './repository-standing.ts';

/** A project whose commits are known, or will be. */
export interface ConnectedProject extends ProjectAccess {
  readonly id: number;
  readonly repositoryId: number;
  readonly repository: StandingFacts;
}

/** How their repositories do, each counted once. */
export function standingOfProjects(projects: readonly ConnectedProject[]): RepositoryStanding {
  const distinct = new Map(projects.map(({ repositoryId, repository }) => [repositoryId, repository]));
  return standingOfMany([...distinct.values()]);
}

export class ConnectedProjectStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** Those that a principal may read, by path. */
  async visibleTo(principal: Principal): Promise<ConnectedProject[]> {
    const rows = await this.#connected()
      .where((eb) => visibleTo(eb, principal))
      .orderBy('p.namespace')
      .orderBy('p.name')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      namespace: row.namespace,
      service: row.name,
      visibility: row.visibility as Visibility, // one was stored
      everyoneLevel: row.everyone_level,
      repositoryId: row.repository_id,
      repository: { fetchedAt: row.fetched_at, error: row.error, isShallow: row.shallow === 1 },
    }));
  }

  #connected() {
    return this.#db
      .selectFrom('projects as p')
      .innerJoin('project_repositories as c', 'c.project_id', 'p.id')
      .innerJoin('repositories as r', 'r.id', 'c.repository_id')
      .select(['p.id', 'p.namespace', 'p.name', 'p.visibility', 'p.everyone_level'])
      .select(['c.repository_id', 'r.fetched_at', 'r.error', 'r.shallow']);
  }
}
