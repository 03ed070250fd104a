import type { Scope } from '../../src/contract/access.ts';
import { accessLevels } from '../../src/contract/access-levels.ts';
import type { Principal } from '../../src/server/principal.ts';
import type { TestServer } from './server.ts';

export interface Person {
  readonly id: number;
  readonly username: string;
  /** A personal token of theirs. */
  readonly token: string;
}

export type Level = Exclude<keyof typeof accessLevels, 'admin'>;

/** The administrator, as services see them. */
export async function administrator({ context, adminToken }: TestServer): Promise<Principal> {
  const principal = await context.authenticator.byToken(adminToken);
  if (!principal) throw new Error('The admin token of a test server is valid.');
  return principal;
}

/** A user with a personal token, who is a member of nothing. */
export async function person(
  server: TestServer,
  username: string,
  { scopes = ['api'], name = username }: { readonly scopes?: readonly Scope[]; readonly name?: string } = {},
): Promise<Person> {
  const { id } = await server.client.createUser({ username, name, password: 'correct horse' });
  const admin = await administrator(server);
  const { secret } = await server.context.accessTokens.createPersonal(admin, id, {
    name: 'test',
    scopes,
    description: undefined,
    expiresAt: undefined,
  });
  return { id, username, token: secret };
}

/** Makes a user a member of a project or group. */
export async function join(
  server: TestServer,
  kind: 'project' | 'group',
  path: string,
  { id }: Pick<Person, 'id'>,
  level: Level,
): Promise<void> {
  const admin = await administrator(server);
  const { projects, groups, members } = server.context;
  const holder = await (kind === 'project' ? projects.holder(admin, path) : groups.holder(admin, path));
  await members.add(admin, holder, { id }, { level: accessLevels[level] });
}

/** A private project, which only its members know of; its group is made where there is none. */
export async function privateProject(
  server: TestServer,
  path: string,
): Promise<{ readonly id: number; readonly path: string }> {
  const admin = await administrator(server);
  const [name = '', groupName] = path.split('/').reverse();
  const groupId = groupName === undefined ? undefined : (await group(server, groupName)).id;
  const { id } = await server.context.projects.create(admin, {
    name,
    title: undefined,
    groupId,
    visibility: 'private',
  });
  return { id, path };
}

export interface Crew<Role extends Level> {
  /** Named after their level; the stranger is a member of nothing. */
  readonly people: Readonly<Record<Role | 'stranger', Person>>;
  /** Makes a private project in a group of its own, with one member of each level, and answers its path. */
  project(): Promise<string>;
}

export async function crew<Role extends Level>(server: TestServer, roles: readonly Role[]): Promise<Crew<Role>> {
  const all = [...roles, 'stranger'] as const;
  const made = await Promise.all(all.map(async (role) => [role, await person(server, role)] as const));
  const people = Object.fromEntries(made) as Crew<Role>['people']; // each of them was just made
  let projects = 0;
  return {
    people,
    async project() {
      projects += 1;
      const { path } = await privateProject(server, `team-${projects}/shop`);
      for (const role of roles) await join(server, 'project', path, people[role], role);
      return path;
    },
  };
}

/** A group at the top, made where there is none. */
export async function group(server: TestServer, path: string): Promise<{ readonly id: number; readonly path: string }> {
  const { groups } = server.context;
  const known = (await groups.byPaths([path])).get(path);
  if (known) return known;
  return groups.create(await administrator(server), { name: path, slug: path, visibility: 'private' });
}
