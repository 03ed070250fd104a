import { notFound } from '../../errors.ts';
import type { UserDirectoryService } from '../../features/users/user-directory-service.ts';
import { version } from '../../version.ts';
import { type GitLabRoute, route } from './route.ts';
import { userView } from './user-view.ts';

/** The GitLab whose API this is: clients compare it with what they need. */
const gitlabVersion = '17.11.0';

/** What the server says of itself, and who it takes the caller for. */
export function serverRoutes(users: UserDirectoryService): GitLabRoute[] {
  const versions = { version: gitlabVersion, revision: 'shiplog', shiplog_version: version } as const;
  return [
    route({ method: 'GET', url: '/version', access: 'signed-in', handler: async () => versions }),
    route({
      method: 'GET',
      url: '/metadata',
      access: 'signed-in',
      handler: async ({ baseUrl }) => ({
        ...versions,
        kas: { enabled: false, externalUrl: null, externalK8sProxyUrl: null, version: null },
        enterprise: true,
        shiplog_url: baseUrl,
      }),
    }),
    route({
      method: 'GET',
      url: '/user',
      access: 'signed-in',
      handler: async ({ principal, baseUrl }) => {
        // A token may be bound to a project without acting for anybody.
        if (principal.userId === null) throw notFound('User');
        return userView(await users.get(principal.userId), baseUrl);
      },
    }),
  ];
}
