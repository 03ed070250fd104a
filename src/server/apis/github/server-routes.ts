import type { Clock } from '../../clock.ts';
import { notFound } from '../../errors.ts';
import type { UserDirectoryService } from '../../features/users/user-directory-service.ts';
import type { User } from '../../features/users/user-types.ts';
import { version } from '../../version.ts';
import { resetAt, unlimited } from './answer-headers.ts';
import type { GitHubCall, GitHubRoute } from './route.ts';
import { timeText } from './time-text.ts';
import { userView } from './user-view.ts';

/** The GitHub Enterprise whose API this is: clients compare it with what they need. */
const installedVersion = '3.14.0';

/** What the server says of itself, and who it takes the caller for. */
export function serverRoutes(users: UserDirectoryService, clock: Clock): GitHubRoute[] {
  return [
    {
      method: 'GET',
      url: '/',
      access: 'signed-in',
      handler: async ({ apiUrl }) => ({
        current_user_url: `${apiUrl}/user`,
        rate_limit_url: `${apiUrl}/rate_limit`,
        repository_url: `${apiUrl}/repos/{owner}/{repo}`,
      }),
    },
    {
      method: 'GET',
      url: '/meta',
      access: 'signed-in',
      handler: async () => ({
        verifiable_password_authentication: false,
        installed_version: installedVersion,
        shiplog_version: version,
      }),
    },
    {
      method: 'GET',
      url: '/rate_limit',
      access: 'signed-in',
      handler: async () => {
        // Only writes are limited, and each of their answers tells how far.
        const rate = { limit: unlimited, remaining: unlimited, used: 0, reset: resetAt(clock()), resource: 'core' };
        return { resources: { core: rate, search: { ...rate, resource: 'search' } }, rate };
      },
    },
    {
      method: 'GET',
      url: '/user',
      access: 'signed-in',
      handler: async (call) => {
        // A token may be bound to a project without acting for anybody.
        if (call.principal.userId === null) throw notFound('User');
        return ownUserView(await users.get(call.principal.userId), call);
      },
    },
  ];
}

/** A user as itself sees it. */
function ownUserView(user: User, { webUrl, apiUrl }: GitHubCall) {
  return {
    ...userView(user, webUrl, apiUrl),
    name: user.name,
    company: null,
    blog: '',
    location: null,
    email: user.email,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: timeText(user.createdAt),
    updated_at: timeText(user.createdAt),
    site_admin: user.isAdmin,
  };
}
