import type { Kysely } from 'kysely';
import type { Schema } from '../../db/schema.ts';
import type { Notice, Subject, SubjectProject, SubjectUser } from './webhook-types.ts';

/** What notices are about. */
export const subjectStore = {
  /** In the order of the notices; undefined where the project or the deployment is gone. */
  async of(db: Kysely<Schema>, notices: readonly Notice[]): Promise<(Subject | undefined)[]> {
    const deployments = await subjectsOf(db, [...new Set(notices.map(({ deploymentId }) => deploymentId))]);
    const actors = await usersOf(db, [...new Set(notices.flatMap(({ userId }) => userId ?? []))]);
    return notices.map(({ deploymentId, userId }) => {
      const subject = deployments.get(deploymentId);
      return subject && { ...subject, actor: actors.get(userId ?? 0) ?? null };
    });
  },

  /** A deployment that is not there, in a project that is. */
  async invented(db: Kysely<Schema>, projectId: number): Promise<Subject | undefined> {
    const project = await db
      .selectFrom('projects as p')
      .leftJoin('groups as g', 'g.path', 'p.namespace')
      .selectAll('p')
      .select('g.name as group_name')
      .where('p.id', '=', projectId)
      .executeTakeFirst();
    if (!project) return undefined;
    return {
      deployment: { id: 0, iid: 0, ref: 'main', sha: null, version: null, runUrl: null },
      environment: { name: 'production', slug: 'production', tier: 'production', externalUrl: null },
      project: projectOf(project),
      user: null,
      actor: null,
    };
  },

  /** The newest deployment of a project; undefined where it has none. */
  newest(db: Kysely<Schema>, projectId: number) {
    const ours = db.selectFrom('deployments').select(['id', 'status_at']).where('project_id', '=', projectId);
    return ours.where('deleted', 'is', null).orderBy('id', 'desc').limit(1).executeTakeFirst();
  },
};

async function subjectsOf(db: Kysely<Schema>, ids: readonly number[]): Promise<Map<number, Omit<Subject, 'actor'>>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('deployments as d')
    .innerJoin('projects as p', 'p.id', 'd.project_id')
    .innerJoin('environments as n', 'n.id', 'd.environment_id')
    .leftJoin('groups as g', 'g.path', 'p.namespace')
    .leftJoin('users as u', 'u.id', 'd.user_id')
    .select(['d.id', 'd.iid', 'd.ref', 'd.sha', 'd.version', 'd.run_url'])
    .select(['p.id as project_id', 'p.namespace', 'p.name', 'p.title', 'p.description', 'p.visibility'])
    .select(['p.default_branch', 'n.name as environment', 'n.slug', 'n.tier', 'n.external_url', 'g.name as group_name'])
    .select(['u.id as user_id', 'u.username', 'u.name as user_name'])
    .where('d.id', 'in', ids)
    .where('p.deleted_at', 'is', null)
    .execute();
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
        },
        environment: { name: row.environment, slug: row.slug, tier: row.tier, externalUrl: row.external_url },
        project: projectOf({ ...row, id: row.project_id }),
        user:
          row.user_id === null ? null : { id: row.user_id, username: row.username ?? '', name: row.user_name ?? '' },
      },
    ]),
  );
}

async function usersOf(db: Kysely<Schema>, ids: readonly number[]): Promise<Map<number, SubjectUser>> {
  if (ids.length === 0) return new Map();
  const users = await db.selectFrom('users').select(['id', 'username', 'name']).where('id', 'in', ids).execute();
  return new Map(users.map((user) => [user.id, user]));
}

type ProjectRow = Omit<SubjectProject, 'defaultBranch' | 'groupName'> & {
  readonly default_branch: string | null;
  readonly group_name: string | null;
};

function projectOf(row: ProjectRow): SubjectProject {
  const { id, namespace, name, title, description, visibility } = row;
  return {
    id,
    namespace,
    groupName: row.group_name,
    name,
    title,
    description,
    visibility,
    defaultBranch: row.default_branch,
  };
}
