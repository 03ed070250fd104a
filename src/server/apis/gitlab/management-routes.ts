import type { Context } from '../../context.ts';
import { groupRoutes } from './group-routes.ts';
import { heldTokenRoutes } from './held-token-routes.ts';
import { type Home, memberRoutes } from './member-routes.ts';
import { personalTokenRoutes } from './personal-token-routes.ts';
import { projectRoutes } from './project-routes.ts';
import type { GitLabRoute } from './route.ts';
import { usersRoutes } from './users-routes.ts';

/** What a server is set up with: groups, projects, who belongs to them, users and tokens. */
export function managementRoutes(context: Context): GitLabRoute[] {
  const { projects, groups, members, users, directory, accessTokens, clock } = context;
  const homes: readonly Home[] = [
    { url: '/projects/:id', find: (principal, id) => projects.holder(principal, id) },
    { url: '/groups/:id', find: (principal, id) => groups.holder(principal, id) },
  ];
  return [
    ...projectRoutes(projects, groups, directory),
    ...groupRoutes(groups),
    ...homes.flatMap((home) => [...memberRoutes(home, members), ...heldTokenRoutes(home, accessTokens, clock)]),
    ...usersRoutes(users, directory),
    ...personalTokenRoutes(accessTokens, clock),
  ];
}
