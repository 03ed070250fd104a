import type { Kysely, Selectable } from 'kysely';
import type { Tier } from '../../../contract/tiers.ts';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { EnvironmentLinkTable } from '../../db/tables/changes.ts';
import type { ProjectAccess, Visibility } from '../../principal.ts';
import type { LinkedEnvironment } from './link-store.ts';

/** An environment that this node links. */
interface ClaimedEnvironment extends LinkedEnvironment {
  readonly linkedAt: number | null;
  /** As it was when it was linked the last time. */
  readonly unknown: number;
  /** Whether more is known of commits or changes than there was then. */
  readonly hasNews: boolean;
}

/** An environment of which linking showed something new, and whose it is. */
interface LinkedNews {
  readonly environmentId: number;
  readonly changedAt: number;
  readonly project: ProjectAccess & { readonly id: number };
}

interface SettledLinks {
  readonly unknown: number;
  /** Whether anything is other than it was. */
  readonly isNew: boolean;
}

type Taken = Pick<Selectable<EnvironmentLinkTable>, 'environment_id' | 'busy_until' | 'linked_at' | 'unknown' | 'news'>;

interface Place {
  readonly environment_id: number;
  readonly project_id: number;
}

/** Events looked through in one transaction. */
const eventsAtOnce = 1000;

/**
 * Which environments are to be linked. `due` is:
 *   1  something happened that the links do not show yet  -> 2 when a node takes it
 *   2  a node is at it, or was and ended                   -> 0 when it is done, 1 when something happens meanwhile
 *   0  the links show all
 */
export class LinkQueueStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Looks through the next events of the log, marks the environments that they concern, and answers whether there may be
   * more. Another node may have been faster: then nothing is marked here.
   */
  async advance(): Promise<boolean> {
    const { read } = this.#database;
    const { position: head } = await read.selectFrom('log_head').select('position').executeTakeFirstOrThrow();
    const { position } = await read.selectFrom('link_cursor').select('position').executeTakeFirstOrThrow();
    if (position >= head) return false;
    const tracked = await read.selectFrom('project_repositories').select('project_id').limit(1).executeTakeFirst();
    // Who connects a repository later has all its environments linked from the first deployment on.
    const to = tracked ? Math.min(head, position + eventsAtOnce) : head;
    const places = tracked ? await concerned(read, position, to) : [];
    if (!tracked && head - position < eventsAtOnce) return false;
    return this.#database.transaction(async (tx) => {
      const moved = await tx
        .updateTable('link_cursor')
        .set({ position: to })
        .where('position', '=', position)
        .returning('position')
        .executeTakeFirst();
      if (moved) await mark(tx, places);
      return to < head || !moved;
    });
  }

  /** Something is known of a project's changes that was not: marks all its environments. */
  async markProject(projectId: number): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await tx
        .updateTable('project_repositories')
        .set((eb) => ({ changes_version: eb('changes_version', '+', 1) }))
        .where('project_id', '=', projectId)
        .execute();
      await mark(tx, await environmentsOf(tx, [projectId]), { news: 1 });
    });
  }

  /** Marks all environments of the projects that name a repository. */
  async markRepository(repositoryId: number): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const projects = tx.selectFrom('project_repositories').select('project_id');
      const rows = await projects.where('repository_id', '=', repositoryId).execute();
      await mark(
        tx,
        await environmentsOf(
          tx,
          rows.map((row) => row.project_id),
        ),
        { news: 1 },
      );
    });
  }

  /**
   * Takes the one that is due and was linked the longest ago, for this node until a moment. A node that ends meanwhile holds it
   * no longer than that.
   */
  async claim(now: number, until: number): Promise<ClaimedEnvironment | undefined> {
    const due = await this.#database.read
      .selectFrom('environment_links')
      .select('environment_id')
      .where('due', 'in', [1, 2])
      .where('busy_until', '<=', now)
      .orderBy('linked_at', (order) => order.asc().nullsFirst())
      .orderBy('environment_id')
      .limit(1)
      .executeTakeFirst();
    if (!due) return undefined;
    return this.#database.transaction(async (tx) => {
      const taken = await tx
        .updateTable('environment_links')
        .set({ due: 2, busy_until: until })
        .where('environment_id', '=', due.environment_id)
        .where('due', 'in', [1, 2])
        .where('busy_until', '<=', now)
        .returning(['environment_id', 'busy_until', 'linked_at', 'unknown', 'news'])
        .executeTakeFirst();
      return taken && claimedOf(tx, taken);
    });
  }

  /** It was linked, at a moment: it is due again where something happened meanwhile. Nothing where another node took it since. */
  async settle(claimed: ClaimedEnvironment, now: number, { unknown, isNew }: SettledLinks): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const ours = tx
        .updateTable('environment_links')
        .where('environment_id', '=', claimed.id)
        .where('busy_until', '=', claimed.busyUntil);
      await ours.set({ due: 0, news: 0 }).where('due', '=', 2).execute();
      const changed = isNew ? { changed_at: now } : {};
      await ours.set({ busy_until: 0, linked_at: now, unknown, ...changed }).execute();
    });
  }

  /** It could not be linked: any node may try again from a moment on. */
  async putOff({ id, busyUntil }: ClaimedEnvironment, until: number): Promise<void> {
    await this.#database.transaction((tx) =>
      tx
        .updateTable('environment_links')
        .set({ due: 1, busy_until: until })
        .where('environment_id', '=', id)
        .where('busy_until', '=', busyUntil)
        .execute(),
    );
  }

  /** Environments of which linking showed something new since a moment, on whichever node, with their projects. */
  async changedSince(moment: number): Promise<LinkedNews[]> {
    const rows = await this.#database.read
      .selectFrom('environment_links as l')
      .innerJoin('projects as p', 'p.id', 'l.project_id')
      .select(['l.environment_id', 'l.changed_at', 'p.id', 'p.namespace', 'p.name', 'p.visibility', 'p.everyone_level'])
      .where('l.changed_at', '>=', moment)
      .where('p.deleted_at', 'is', null)
      .execute();
    return rows.map((row) => ({
      environmentId: row.environment_id,
      changedAt: row.changed_at ?? 0,
      project: {
        id: row.id,
        namespace: row.namespace,
        service: row.name,
        visibility: row.visibility as Visibility, // one was stored
        everyoneLevel: row.everyone_level,
      },
    }));
  }
}

/** Where something happened that may have changed which deployments succeeded, or what they shipped. */
function concerned(db: Kysely<Schema>, after: number, to: number): Promise<Place[]> {
  return db
    .selectFrom('events as e')
    .innerJoin('project_repositories as r', 'r.project_id', 'e.project_id')
    .leftJoin('deployments as d', 'd.id', 'e.deployment_id')
    .select(['e.environment_id', 'e.project_id'])
    .distinct()
    .where('e.position', '>', after)
    .where('e.position', '<=', to)
    .where((eb) =>
      eb.or([eb('e.status', '=', 'success'), eb('e.act', '=', 'delete'), eb('d.success_position', 'is not', null)]),
    )
    .execute();
}

async function environmentsOf(tx: Kysely<Schema>, projectIds: readonly number[]): Promise<Place[]> {
  const places: Place[] = [];
  for (let from = 0; from < projectIds.length; from += eventsAtOnce / 2) {
    const rows = await tx
      .selectFrom('environments')
      .select(['id as environment_id', 'project_id'])
      .where('project_id', 'in', projectIds.slice(from, from + eventsAtOnce / 2))
      .where('deleted_at', 'is', null)
      .execute();
    places.push(...rows);
  }
  return places;
}

/** `news`: of commits or changes; without it what was known of them stays. */
async function mark(tx: Kysely<Schema>, places: readonly Place[], news: { readonly news?: 1 } = {}): Promise<void> {
  for (let from = 0; from < places.length; from += eventsAtOnce / 2) {
    const rows = places
      .slice(from, from + eventsAtOnce / 2)
      .map((place) => ({ ...place, ...news, due: 1, linked_at: null }));
    const insert = tx.insertInto('environment_links').values(rows);
    await insert.onConflict((conflict) => conflict.column('environment_id').doUpdateSet({ ...news, due: 1 })).execute();
  }
}

async function claimedOf(tx: Kysely<Schema>, taken: Taken): Promise<ClaimedEnvironment | undefined> {
  const id = taken.environment_id;
  const environments = tx.selectFrom('environments').select(['id', 'project_id', 'name', 'tier', 'deleted_at']);
  const row = await environments.where('id', '=', id).executeTakeFirst();
  return (
    row && {
      id,
      projectId: row.project_id,
      name: row.name,
      tier: row.tier as Tier, // one was stored
      isDeleted: row.deleted_at !== null,
      busyUntil: taken.busy_until,
      linkedAt: taken.linked_at,
      unknown: taken.unknown,
      hasNews: taken.news === 1,
    }
  );
}
