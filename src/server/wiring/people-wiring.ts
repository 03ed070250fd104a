import type { Config } from '../config.ts';
import { GroupService, type RemoveProject } from '../features/groups/group-service.ts';
import { GroupStore } from '../features/groups/group-store.ts';
import { MemberService } from '../features/members/member-service.ts';
import { MemberStore } from '../features/members/member-store.ts';
import { MembershipStore } from '../features/members/membership-store.ts';
import { ProjectService } from '../features/projects/project-service.ts';
import { ProjectStore } from '../features/projects/project-store.ts';
import type { FindProject } from '../features/projects/project-types.ts';
import { RememberedProjects } from '../features/projects/remembered-projects.ts';
import { AdminToken } from '../features/sessions/admin-token.ts';
import { SessionService } from '../features/sessions/session-service.ts';
import { SessionStore } from '../features/sessions/session-store.ts';
import { AccessTokenService } from '../features/tokens/access-token-service.ts';
import { TokenService } from '../features/tokens/token-service.ts';
import { TokenStore } from '../features/tokens/token-store.ts';
import { UserDirectoryService } from '../features/users/user-directory-service.ts';
import { UserDirectoryStore } from '../features/users/user-directory-store.ts';
import { UserService } from '../features/users/user-service.ts';
import { UserStore } from '../features/users/user-store.ts';
import { type Authenticator, RememberedAuthenticator } from '../http/authentication.ts';
import type { Base, WiredLog } from './log-wiring.ts';

/** Who there is, what they belong to, and how they prove who they are. */
export async function wirePeople(
  { database, clock }: Base,
  { structure }: WiredLog,
  { adminToken: secret }: Pick<Config, 'adminToken'>,
) {
  const memberships = new MembershipStore(database.read);
  const membershipsOf = (userId: number) => memberships.ofUser(userId, clock());
  const users = new UserService(new UserStore(database), membershipsOf, clock);
  const directoryStore = new UserDirectoryStore(database);
  const directory = new UserDirectoryService(directoryStore, structure, clock);
  const projectStore = new ProjectStore(database);
  const rememberedProjects = new RememberedProjects(projectStore, clock);
  const removeProject: RemoveProject = ({ kysely }, id, author) => projectStore.remove(kysely, id, author, clock());
  const groups = new GroupService(new GroupStore(database), removeProject, structure, clock);
  const projects = new ProjectService(projectStore, rememberedProjects, groups, structure, clock);
  const members = new MemberService(new MemberStore(database), directory, structure, clock);
  const tokenStore = new TokenStore(database);
  const findProject: FindProject = (idOrPath) => rememberedProjects.find(idOrPath);
  const tokens = new TokenService(tokenStore, membershipsOf, findProject, structure, clock);
  const accessTokens = new AccessTokenService(tokenStore, directory, structure, clock);
  // What is done with the token of the settings is done by somebody, too.
  const adminBot = secret === undefined ? undefined : await directoryStore.adminBot(clock());
  const adminToken = new AdminToken(secret, adminBot?.id ?? null);
  const sessions = new SessionService(new SessionStore(database), users, tokens, adminToken, clock);
  const source: Authenticator = {
    byToken: async (token) =>
      adminToken.matches(token) ? adminToken.principal : (await tokens.bySecret(token))?.principal,
    bySession: (id) => sessions.principalOf(id),
    howEnded: (token) => tokens.howEnded(token),
  };
  const authenticator = new RememberedAuthenticator(source, clock);
  const forget = () => {
    authenticator.forget();
    rememberedProjects.forget();
  };
  return { users, directory, groups, projects, members, tokens, accessTokens, sessions, authenticator, forget };
}

export type WiredPeople = Awaited<ReturnType<typeof wirePeople>>;
