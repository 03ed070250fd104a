import type { MemberService } from '../../features/members/member-service.ts';
import type { Holder } from '../../features/members/membership-types.ts';
import type { Principal } from '../../principal.ts';
import { accessLevel } from './access-level.ts';
import { parameterError } from './answers.ts';
import { memberView } from './member-view.ts';
import { pageOf, pageParameters, paginate } from './pagination.ts';
import { dateTime, integer, list, text } from './parameters.ts';
import { type Call, type GitLabRoute, route } from './route.ts';

/** Where members are: `/projects` or `/groups`, and how one of those is found. */
export interface Home {
  readonly url: '/projects/:id' | '/groups/:id';
  /** Throws where the caller may not know of it. */
  readonly find: (principal: Principal, id: string) => Promise<Holder>;
}

const listParameters = {
  query: text(),
  user_ids: list(integer({ required: true })),
  skip_users: list(integer({ required: true })),
  ...pageParameters,
} as const;
const ofMember = { user_id: integer({ required: true }) } as const;
const level = { access_level: accessLevel({ required: true }), expires_at: dateTime({ nullable: true }) } as const;

/** Members of a project or a group; under `/all` also those of the groups around it. */
export function memberRoutes({ url, find }: Home, members: MemberService): GitLabRoute[] {
  const holderOf = ({ principal, path }: Pick<Call<unknown>, 'principal' | 'path'>) =>
    find(principal, path['id'] ?? '');
  const page = async (call: Call<typeof listParameters>, inherited: boolean) => {
    const asked = pageOf(call);
    const { query, user_ids: userIds, skip_users: exceptUserIds } = call.values;
    const filter = { search: query || undefined, userIds, exceptUserIds };
    const { items, total } = await members.list(await holderOf(call), inherited, filter, asked);
    return paginate(call, asked, { items: items.map((member) => memberView(member, call.baseUrl)), total });
  };
  const one = async (call: Call<typeof ofMember>, inherited: boolean) =>
    memberView(await members.get(await holderOf(call), inherited, call.values.user_id), call.baseUrl);
  return [
    route({
      method: 'GET',
      url: `${url}/members`,
      access: 'read',
      parameters: listParameters,
      handler: (call) => page(call, false),
    }),
    route({
      method: 'GET',
      url: `${url}/members/all`,
      access: 'read',
      parameters: listParameters,
      handler: (call) => page(call, true),
    }),
    route({
      method: 'GET',
      url: `${url}/members/:user_id`,
      access: 'read',
      parameters: ofMember,
      handler: (call) => one(call, false),
    }),
    route({
      method: 'GET',
      url: `${url}/members/all/:user_id`,
      access: 'read',
      parameters: ofMember,
      handler: (call) => one(call, true),
    }),
    route({
      method: 'POST',
      url: `${url}/members`,
      access: 'write',
      limited: true,
      parameters: { user_id: integer(), username: text({ blank: false, maxLength: 255 }), ...level },
      handler: async (call) => {
        const { user_id: id, username, access_level, expires_at: expiresAt } = call.values;
        const change = { level: access_level, expiresAt };
        const added = await members.add(call.principal, await holderOf(call), namedBy(id, username), change);
        return memberView(added, call.baseUrl);
      },
    }),
    route({
      method: 'PUT',
      url: `${url}/members/:user_id`,
      access: 'write',
      limited: true,
      parameters: { ...ofMember, ...level },
      handler: async (call) => {
        const { user_id, access_level, expires_at: expiresAt } = call.values;
        const changed = await members.change(call.principal, await holderOf(call), user_id, {
          level: access_level,
          expiresAt,
        });
        return memberView(changed, call.baseUrl);
      },
    }),
    route({
      method: 'DELETE',
      url: `${url}/members/:user_id`,
      access: 'write',
      limited: true,
      parameters: ofMember,
      handler: async (call) => {
        await members.remove(call.principal, await holderOf(call), call.values.user_id);
      },
    }),
  ];
}

function namedBy(id: number | undefined, username: string | undefined) {
  if (id !== undefined && username !== undefined) throw parameterError('user_id, username are mutually exclusive');
  if (id !== undefined) return { id };
  if (username !== undefined) return { username };
  throw parameterError('user_id, username are missing, exactly one parameter must be provided');
}
