import { accessLevels } from '../../../contract/access-levels.ts';
import { visibilities } from '../../../contract/visibilities.ts';
import type { GroupService } from '../../features/groups/group-service.ts';
import type { GroupFilter } from '../../features/groups/group-types.ts';
import { type Principal, satisfies } from '../../principal.ts';
import { accessLevel } from './access-level.ts';
import { groupView } from './group-view.ts';
import { pageOf, pageParameters, paginate } from './pagination.ts';
import { boolean, choice, integer, list, text } from './parameters.ts';
import { type Call, type GitLabRoute, route } from './route.ts';

const told = {
  description: text({ nullable: true, maxLength: 2000 }),
  visibility: choice(visibilities),
} as const;

const listParameters = {
  search: text(),
  owned: boolean({ fallback: false }),
  /** Absent: for administrators all, for others those they are members of. */
  all_available: boolean(),
  top_level_only: boolean({ fallback: false }),
  skip_groups: list(integer({ required: true })),
  min_access_level: accessLevel(),
  visibility: choice(visibilities),
  order_by: choice(['name', 'path', 'id', 'similarity'], { fallback: 'name' }),
  sort: choice(['asc', 'desc'], { fallback: 'asc' }),
  ...pageParameters,
} as const;

/** Groups of projects, by id or full path. */
export function groupRoutes(groups: GroupService): GitLabRoute[] {
  const page = async (call: Call<typeof listParameters>, within: Partial<GroupFilter> = {}) => {
    const asked = pageOf(call);
    const filter = { ...filterOf(call, satisfies(call.principal, 'admin') || 'parent' in within), ...within };
    const { items, total } = await groups.list(call.principal, filter, asked);
    return paginate(call, asked, { items: items.map((group) => groupView(group, call.baseUrl)), total });
  };
  const pathOf = async (principal: Principal, id = '') => (await groups.resolve(principal, id)).path;
  return [
    route({
      method: 'GET',
      url: '/groups',
      access: 'read',
      parameters: listParameters,
      handler: (call) => page(call),
    }),
    route({
      method: 'GET',
      url: '/groups/:id/subgroups',
      access: 'read',
      parameters: listParameters,
      handler: async (call) => page(call, { parent: await pathOf(call.principal, call.path['id']) }),
    }),
    route({
      method: 'GET',
      url: '/groups/:id/descendant_groups',
      access: 'read',
      parameters: listParameters,
      handler: async (call) => page(call, { parent: await pathOf(call.principal, call.path['id']), below: true }),
    }),
    route({
      method: 'POST',
      url: '/groups',
      access: 'write',
      limited: true,
      parameters: {
        name: text({ required: true, blank: false, trim: true, maxLength: 255 }),
        path: text({ required: true, blank: false, maxLength: 255 }),
        parent_id: integer(),
        ...told,
      },
      handler: async ({ principal, values, baseUrl }) => {
        const { name, path: slug, parent_id: parentId, description } = values;
        const wanted = { name, slug, parentId, description: description ?? undefined, visibility: values.visibility };
        return groupView(await groups.create(principal, wanted), baseUrl);
      },
    }),
    route({
      method: 'GET',
      url: '/groups/:id',
      access: 'read',
      handler: async ({ principal, path, baseUrl }) =>
        groupView(await groups.resolve(principal, path['id'] ?? ''), baseUrl),
    }),
    route({
      method: 'PUT',
      url: '/groups/:id',
      access: 'write',
      limited: true,
      parameters: {
        name: text({ blank: false, trim: true, maxLength: 255 }),
        path: text({ blank: false, maxLength: 255 }),
        ...told,
      },
      handler: async ({ principal, path, values, baseUrl }) => {
        const { path: slug, ...change } = values;
        return groupView(await groups.change(principal, path['id'] ?? '', { ...change, slug }), baseUrl);
      },
    }),
    route({
      method: 'DELETE',
      url: '/groups/:id',
      access: 'write',
      limited: true,
      status: 202,
      handler: async ({ principal, path }) => {
        await groups.remove(principal, path['id'] ?? '');
        return { message: '202 Accepted' };
      },
    }),
  ];
}

function filterOf({ values }: Call<typeof listParameters>, all: boolean): GroupFilter {
  const { search, owned, top_level_only, skip_groups, order_by, sort } = values;
  return {
    search: search || undefined,
    owned,
    memberFrom: values.min_access_level ?? ((values.all_available ?? all) ? undefined : accessLevels.guest),
    topLevel: top_level_only,
    except: skip_groups,
    visibility: values.visibility,
    orderBy: order_by === 'similarity' ? 'name' : order_by,
    sort,
  };
}
