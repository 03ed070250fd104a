import type { Kysely } from 'kysely';
import type { Schema } from '../../db/schema.ts';
import type { DeploymentRequestTable } from '../../db/tables/projections.ts';
import type { Dialect, EventExtra, RequestFacts } from '../../log/event.ts';
import type { Notice, Subject, SubjectEvent, SubjectProject, SubjectUser } from './webhook-types.ts';

/** What notices are about. */
export const subjectStore = {
  /** In the order of the notices; undefined where the project or the deployment is gone. */
  async of(db: Kysely<Schema>, notices: readonly Notice[]): Promise<(Subject | undefined)[]> {
    const deployments = await subjectsOf(db, [...new Set(notices.map(({ deploymentId }) => deploymentId))]);
    const actors = await usersOf(db, [...new Set(notices.flatMap(({ userId }) => userId ?? []))]);
    const events = await eventsOf(db, [...new Set(notices.map(({ position }) => position))]);
    return notices.map(({ deploymentId, userId, position }) => {
      const subject = deployments.get(deploymentId);
      return subject && { ...subject, event: events.get(position) ?? null, actor: actors.get(userId ?? 0) ?? null };
    });
  },

  /** A deployment that is not there, in a project that is. */
  async invented(db: Kysely<Schema>, projectId: number, now: number): Promise<Subject | undefined> {
    const project = await subjectStore.project(db, projectId);
    if (!project) return undefined;
    const unknown = { sha: null, version: null, runUrl: null, description: null, request: null };
    return {
      deployment: { id: 0, iid: 0, ref: 'main', createdAt: now, updatedAt: now, ...unknown },
      environment: { name: 'production', slug: 'production', tier: 'production', externalUrl: null },
      project,
      event: null,
      user: null,
      actor: null,
    };
  },

  async project(db: Kysely<Schema>, id: number): Promise<SubjectProject | undefined> {
    const row = await db
      .selectFrom('projects as p')
      .leftJoin('groups as g', 'g.path', 'p.namespace')
      .selectAll('p')
      .select(['g.name as group_name', 'g.id as group_id'])
      .where('p.id', '=', id)
      .executeTakeFirst();
    return row && projectOf(row);
  },

  /** The newest deployment of a project; undefined where it has none. */
  newest(db: Kysely<Schema>, projectId: number) {
    const ours = db.selectFrom('deployments').select(['id', 'status_at', 'status_position']);
    return ours
      .where('project_id', '=', projectId)
      .where('deleted', 'is', null)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
  },
};

type DeploymentSubject = Omit<Subject, 'actor' | 'event'>;

async function subjectsOf(db: Kysely<Schema>, ids: readonly number[]): Promise<Map<number, DeploymentSubject>> {
  if (ids.length === 0) return new Map();
  const rows = await deploymentRows(db, ids);
  const requests = await requestsOf(db, ids);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        deployment: {
          id: row.id,
          iid: row.iid,
          ref: row.ref,
          sha: row.sha,
          version: row.version,
          runUrl: row.run_url,
          description: row.description,
          createdAt: row.created_at,
          updatedAt: row.updated_at,
          request: requests.get(row.id) ?? null,
        },
        environment: { name: row.environment, slug: row.slug, tier: row.tier, externalUrl: row.external_url },
        project: projectOf({
          ...row,
          id: row.project_id,
          description: row.project_description,
          created_at: row.project_created_at,
          updated_at: row.project_updated_at,
        }),
        user: userOf(row),
      },
    ]),
  );
}

function deploymentRows(db: Kysely<Schema>, ids: readonly number[]) {
  return db
    .selectFrom('deployments as d')
    .innerJoin('projects as p', 'p.id', 'd.project_id')
    .innerJoin('environments as n', 'n.id', 'd.environment_id')
    .leftJoin('groups as g', 'g.path', 'p.namespace')
    .leftJoin('users as u', 'u.id', 'd.user_id')
    .select(['d.id', 'd.iid', 'd.ref', 'd.sha', 'd.version', 'd.run_url', 'd.description', 'd.created_at'])
    .select(['d.updated_at', 'p.id as project_id', 'p.namespace', 'p.name', 'p.title', 'p.visibility'])
    .select(['p.description as project_description', 'p.created_at as project_created_at'])
    .select(['p.updated_at as project_updated_at', 'p.default_branch', 'n.name as environment', 'n.slug', 'n.tier'])
    .select([
      'n.external_url',
      'g.name as group_name',
      'g.id as group_id',
      'u.id as user_id',
      'u.username',
      'u.name as user_name',
    ])
    .where('d.id', 'in', ids)
    .where('p.deleted_at', 'is', null)
    .execute();
}

async function requestsOf(db: Kysely<Schema>, ids: readonly number[]): Promise<Map<number, RequestFacts>> {
  const rows = await db.selectFrom('deployment_requests').selectAll().where('deployment_id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.deployment_id, requestOf(row)]));
}

function requestOf({ task, payload, transient, production }: DeploymentRequestTable): RequestFacts {
  return { task, payload: JSON.parse(payload), transient: transient === 1, production: production === 1 };
}

/** By position. */
async function eventsOf(db: Kysely<Schema>, positions: readonly number[]): Promise<Map<number, SubjectEvent>> {
  if (positions.length === 0) return new Map();
  const rows = await db
    .selectFrom('events as e')
    .leftJoin('users as u', 'u.id', 'e.user_id')
    .select(['e.position', 'e.dialect', 'e.run_url', 'e.extra', 'u.id as user_id', 'u.username', 'u.name as user_name'])
    .where('e.position', 'in', positions)
    .execute();
  return new Map(
    rows.map((row) => {
      const extra: EventExtra | null = row.extra === null ? null : JSON.parse(row.extra); // written with the event, by us
      const dialect = row.dialect as Dialect; // one was stored
      return [row.position, { dialect, logUrl: row.run_url, note: extra?.note ?? null, user: userOf(row) }];
    }),
  );
}

async function usersOf(db: Kysely<Schema>, ids: readonly number[]): Promise<Map<number, SubjectUser>> {
  if (ids.length === 0) return new Map();
  const users = await db.selectFrom('users').select(['id', 'username', 'name']).where('id', 'in', ids).execute();
  return new Map(users.map((user) => [user.id, user]));
}

interface UserRow {
  readonly user_id: number | null;
  readonly username: string | null;
  readonly user_name: string | null;
}

function userOf({ user_id: id, username, user_name: name }: UserRow): SubjectUser | null {
  return id === null ? null : { id, username: username ?? '', name: name ?? '' };
}

type ProjectRow = Omit<SubjectProject, 'defaultBranch' | 'groupName' | 'groupId' | 'createdAt' | 'updatedAt'> & {
  readonly default_branch: string | null;
  readonly group_name: string | null;
  readonly group_id: number | null;
  readonly created_at: number;
  readonly updated_at: number;
};

function projectOf(row: ProjectRow): SubjectProject {
  const { id, namespace, name, title, description, visibility } = row;
  return {
    id,
    namespace,
    groupName: row.group_name,
    groupId: row.group_id,
    name,
    title,
    description,
    visibility,
    defaultBranch: row.default_branch,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
