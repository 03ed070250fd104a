import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import type { Session, TokenRequest } from '../../../contract/access.ts';
import { accessLevels } from '../../../contract/access-levels.ts';
import { projectAt } from '../../../contract/project-path.ts';
import { groupQuery } from '../../lib/group-query.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { projectQuery } from '../../lib/project-query.ts';
import { isStatus } from '../../lib/refusal.ts';

/** As the form for any token proposes. */
export const tokenDays = 90;

const dayMs = 86_400_000;

/**
 * Makes a token that may only report deployments: of a project, where one is named. Its secret is answered once and kept
 * in this view alone.
 */
export function useCreatePipelineToken(project: string | undefined, session: Session) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async () =>
      client.createToken({
        name: 'pipeline',
        scopes: ['record'],
        ...(project === undefined ? {} : await placeFor({ client, cache, session }, project)),
        expires_at: new Date(Date.now() + tokenDays * dayMs).toISOString(),
      }),
    gcTime: 0,
    onSuccess: () => {
      cache.invalidateQueries({ queryKey: ['tokens'] });
    },
  });
}

interface Asking {
  readonly client: ShiplogClient;
  readonly cache: QueryClient;
  readonly session: Session;
}

/**
 * The narrowest place where the reader may make a token that reports deployments of a project: the project, or else its
 * group. Nothing where they maintain neither: the token is a personal one then.
 */
async function placeFor(
  { client, cache, session }: Asking,
  project: string,
): Promise<Pick<TokenRequest, 'project' | 'group' | 'access_level'>> {
  // Also of a project that is still to come, with the level that the scope needs.
  if (session.scopes.includes('admin')) return { project };
  const least = { access_level: accessLevels.developer };
  const level = await ifThere(cache.fetchQuery(projectQuery(client, project)));
  if (level !== undefined) return level >= accessLevels.maintainer ? { project, ...least } : {};
  const { namespace: group } = projectAt(project);
  const groupLevel = group === '' ? 0 : ((await ifThere(cache.fetchQuery(groupQuery(client, group)))) ?? 0);
  return groupLevel >= accessLevels.maintainer ? { group, ...least } : {};
}

/** What the reader may do there; undefined: there is no such place for them. */
async function ifThere(asked: Promise<{ readonly access_level: number }>): Promise<number | undefined> {
  try {
    return (await asked).access_level;
  } catch (error) {
    if (error instanceof Error && isStatus(error, 404)) return undefined;
    throw error;
  }
}
