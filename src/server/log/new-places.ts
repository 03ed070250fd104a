import { guessTier } from '../../contract/tiers.ts';
import type { LogSession } from '../db/database.ts';
import { environmentSlug } from './environment-slug.ts';

/** What is read of an environment with each place. */
export const shownColumns = ['id', 'tier', 'slug', 'external_url', 'created_at', 'updated_at'] as const;

export function findProject({ kysely }: LogSession, namespace: string, name: string) {
  return kysely
    .selectFrom('projects')
    .select(['id', 'visibility', 'everyone_level'])
    .where('namespace', '=', namespace)
    .where('name', '=', name)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
}

/**
 * A project that somebody reports for is open to everybody who may sign in, until it is told otherwise. In a private group
 * it is private as well.
 */
export async function createProject(session: LogSession, namespace: string, name: string, now: number) {
  const above = await createGroups(session, namespace, now);
  const visibility = above === 'private' ? above : 'internal';
  return session.kysely
    .insertInto('projects')
    .values({ namespace, name, visibility, created_at: now, updated_at: now })
    .returning(['id', 'visibility', 'everyone_level'])
    .executeTakeFirstOrThrow();
}

/** Each part of a namespace is a group, as open as the one above it. Answers the visibility of the last. */
export async function createGroups({ kysely }: LogSession, namespace: string, now: number): Promise<string> {
  const parts = namespace === '' ? [] : namespace.split('/');
  let visibility = 'internal';
  for (const [index, name] of parts.entries()) {
    const path = parts.slice(0, index + 1).join('/');
    const known = await kysely.selectFrom('groups').select('visibility').where('path', '=', path).executeTakeFirst();
    if (known) visibility = known.visibility;
    else {
      const times = { created_at: now, updated_at: now };
      await kysely
        .insertInto('groups')
        .values({ path, name, visibility, ...times })
        .execute();
    }
  }
  return visibility;
}

export function createEnvironment({ kysely }: LogSession, projectId: number, name: string, now: number) {
  const values = { name, slug: environmentSlug(name), tier: guessTier(name), created_at: now, updated_at: now };
  return kysely
    .insertInto('environments')
    .values({ project_id: projectId, ...values })
    .returning(shownColumns)
    .executeTakeFirstOrThrow();
}
