import type { ForgeKind } from '../../../contract/repositories.ts';
import type { Database } from '../../db/database.ts';
import type { ForgeSource } from './forge-types.ts';

const mostInList = 500;

/** Which projects have their changes read from a forge, and how far that has come. */
export class ForgeStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** All with a token. */
  async sources(): Promise<ForgeSource[]> {
    const rows = await this.#database.read
      .selectFrom('project_repositories as r')
      .innerJoin('projects as p', 'p.id', 'r.project_id')
      .select(['r.project_id', 'r.forge', 'r.forge_url', 'r.forge_project', 'r.sealed_forge_token'])
      .select(['r.path', 'r.forge_synced_at'])
      .where('p.deleted_at', 'is', null)
      .where('r.forge', 'is not', null)
      .where('r.sealed_forge_token', 'is not', null)
      .orderBy('r.project_id')
      .execute();
    return rows.map((row) => ({
      projectId: row.project_id,
      kind: row.forge as ForgeKind, // one was stored
      url: row.forge_url ?? '',
      project: row.forge_project ?? '',
      sealedToken: row.sealed_forge_token ?? '',
      path: row.path,
      syncedAt: row.forge_synced_at,
    }));
  }

  /** Has a project read again from a moment on, where it has come further. */
  async rewind(projectId: number, at: number): Promise<void> {
    await this.#database.transaction((tx) =>
      tx
        .updateTable('project_repositories')
        .set({ forge_synced_at: at })
        .where('project_id', '=', projectId)
        .where('forge_synced_at', '>', at)
        .execute(),
    );
  }

  /** How reading went, unless what is read was set anew meanwhile. */
  async settle(
    sources: readonly ForgeSource[],
    { syncedAt, error }: { readonly syncedAt: number | undefined; readonly error: string | null },
  ): Promise<void> {
    for (let start = 0; start < sources.length; start += mostInList) {
      const some = sources.slice(start, start + mostInList);
      await this.#database.transaction((tx) =>
        tx
          .updateTable('project_repositories')
          .set({ forge_error: error, ...(syncedAt === undefined ? {} : { forge_synced_at: syncedAt }) })
          .where((eb) =>
            eb.or(
              some.map(({ projectId, sealedToken, url, project }) =>
                eb.and({
                  project_id: projectId,
                  sealed_forge_token: sealedToken,
                  forge_url: url,
                  forge_project: project,
                }),
              ),
            ),
          )
          .execute(),
      );
    }
  }
}
