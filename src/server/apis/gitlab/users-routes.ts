import type { UserDirectoryService } from '../../features/users/user-directory-service.ts';
import type { UserService } from '../../features/users/user-service.ts';
import type { User, UserFilter } from '../../features/users/user-types.ts';
import { type Principal, satisfies } from '../../principal.ts';
import { parameterError } from './answers.ts';
import { pageOf, pageParameters, paginate } from './pagination.ts';
import { boolean, choice, dateTime, integer, text, type Values } from './parameters.ts';
import { type GitLabRoute, route } from './route.ts';
import { userBasicView, userView } from './user-view.ts';

const listParameters = {
  username: text(),
  search: text(),
  active: boolean({ fallback: false }),
  blocked: boolean({ fallback: false }),
  admins: boolean({ fallback: false }),
  humans: boolean({ fallback: false }),
  without_project_bots: boolean({ fallback: false }),
  created_after: dateTime(),
  created_before: dateTime(),
  order_by: choice(['id', 'name', 'username', 'created_at', 'updated_at'], { fallback: 'id' }),
  sort: choice(['asc', 'desc'], { fallback: 'desc' }),
  ...pageParameters,
} as const;
const ofUser = { id: integer({ required: true }) } as const;
const word = text({ blank: false, trim: true, maxLength: 255 });
const needed = text({ required: true, blank: false, trim: true, maxLength: 255 });

/** Users: everyone signed in may look them up, administrators manage them. */
export function usersRoutes(users: UserService, directory: UserDirectoryService): GitLabRoute[] {
  const shown = (principal: Principal, user: User, baseUrl: string) =>
    satisfies(principal, 'admin') || principal.userId === user.id
      ? userView(user, baseUrl)
      : userBasicView(user, baseUrl);
  return [
    route({
      method: 'GET',
      url: '/users',
      access: 'read',
      parameters: listParameters,
      handler: async (call) => {
        const { principal, baseUrl } = call;
        const page = pageOf(call);
        const { items, total } = await directory.list(principal, filterOf(call.values), page);
        return paginate(call, page, { items: items.map((user) => shown(principal, user, baseUrl)), total });
      },
    }),
    route({
      method: 'GET',
      url: '/users/:id',
      access: 'read',
      parameters: ofUser,
      handler: async ({ principal, values, baseUrl }) =>
        shown(principal, await directory.seen(principal, values.id), baseUrl),
    }),
    route({
      method: 'POST',
      url: '/users',
      access: 'admin',
      limited: true,
      parameters: {
        email: needed,
        name: needed,
        username: needed,
        password: text({ maxLength: 1000 }),
        reset_password: boolean({ fallback: false }),
        force_random_password: boolean({ fallback: false }),
        admin: boolean(),
      },
      handler: async ({ principal, values, baseUrl, reply }) => {
        const { password, reset_password, force_random_password, ...told } = values;
        if (!password && !reset_password && !force_random_password) throw parameterError(passwordMissing);
        const isChosen = password !== undefined && !reset_password && !force_random_password;
        const wanted = { ...told, password: isChosen ? password : undefined };
        const { user, oneTimePassword } = await users.create(principal, wanted);
        reply.header('cache-control', 'no-store');
        const extra = oneTimePassword === undefined ? {} : { one_time_password: oneTimePassword };
        return { ...userView(await directory.get(user.id), baseUrl), ...extra };
      },
    }),
    route({
      method: 'PUT',
      url: '/users/:id',
      access: 'admin',
      limited: true,
      parameters: {
        ...ofUser,
        email: word,
        name: word,
        username: word,
        password: text({ maxLength: 1000 }),
        admin: boolean(),
      },
      handler: async ({ principal, values: { id, ...change }, baseUrl }) =>
        userView(await directory.change(principal, id, change), baseUrl),
    }),
    route({
      method: 'DELETE',
      url: '/users/:id',
      access: 'admin',
      limited: true,
      parameters: ofUser,
      handler: async ({ principal, values }) => {
        await directory.remove(principal, values.id);
      },
    }),
    route({
      method: 'POST',
      url: '/users/:id/block',
      access: 'admin',
      limited: true,
      parameters: ofUser,
      handler: async ({ principal, values }) => {
        await directory.block(principal, values.id);
        return true;
      },
    }),
    route({
      method: 'POST',
      url: '/users/:id/unblock',
      access: 'admin',
      limited: true,
      parameters: ofUser,
      handler: async ({ principal, values }) => {
        await directory.unblock(principal, values.id);
        return true;
      },
    }),
  ];
}

const passwordMissing =
  'password, reset_password, force_random_password are missing, at least one parameter must be provided';

function filterOf(values: Values<typeof listParameters>): UserFilter {
  const { username, search, active, blocked, admins, humans, without_project_bots, sort, order_by } = values;
  return {
    username: username || undefined,
    search: search || undefined,
    state: active ? 'active' : blocked ? 'blocked' : undefined,
    admins,
    bots: humans || without_project_bots ? false : undefined,
    createdAfter: values.created_after,
    createdBefore: values.created_before,
    orderBy: order_by,
    sort,
  };
}
