import { Type } from 'typebox';
import {
  GroupDetails,
  GroupListQuery,
  GroupPage,
  GroupQuery,
  GroupRequest,
  GroupUpdate,
} from '../../../contract/groups.ts';
import type { GroupService } from '../../features/groups/group-service.ts';
import { ancestorsOf, type Group, groupLevel } from '../../features/groups/group-types.ts';
import { sendEmpty } from '../../http/empty-answer.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import type { Principal } from '../../principal.ts';
import { inFieldsOf } from './field-names.ts';
import { groupDetailsView, groupView } from './group-view.ts';
import { pageOf, pageView } from './list-page.ts';
import { problems } from './native-api.ts';

const tags = ['groups'];

/** What the rules call the fields of a request. */
const fieldNames = { visibility_level: 'visibility' } as const;

/** Groups of projects, which have members and lie in one another. */
export function registerGroupRoutes(app: TypedApp, groups: GroupService): void {
  const shown = async (principal: Principal, group: Group) =>
    groupDetailsView(group, await groups.seenAmong(principal, ancestorsOf(group.path)), principal);

  app.get('/api/groups', {
    config: { access: 'read' },
    schema: {
      summary: 'Groups that the caller may know of, by their paths',
      tags,
      querystring: GroupListQuery,
      response: { 200: GroupPage, ...problems },
    },
    handler: async ({ query, principal }) => {
      const { search, parent, min_access_level: level } = query;
      const levelFrom = level === undefined ? undefined : Number(level);
      const filter = { search: search || undefined, parent, levelFrom } as const;
      const page = pageOf(query);
      const listed = await groups.list(principal, { ...filter, orderBy: 'path', sort: 'asc' }, page);
      return pageView(page, listed, (group) => groupView(group, principal));
    },
  });

  app.post('/api/groups', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Make a group',
      description: 'In another one by its maintainers; at the top by administrators.',
      tags,
      body: GroupRequest,
      response: { 201: GroupDetails, ...problems },
    },
    handler: async ({ body, principal }, reply) => {
      const { name, path: slug, parent, description, visibility } = body;
      const parentId = parent === undefined ? undefined : (await groups.resolve(principal, parent)).id;
      const wanted = { name, slug, parentId, description: description ?? undefined, visibility };
      const made = await inFieldsOf(fieldNames, () => groups.create(principal, wanted));
      return reply.code(201).send(await shown(principal, made));
    },
  });

  app.get('/api/group', {
    config: { access: 'read' },
    schema: { summary: 'One group', tags, querystring: GroupQuery, response: { 200: GroupDetails, ...problems } },
    handler: async ({ query, principal }) => shown(principal, await groups.resolve(principal, query.group)),
  });

  app.patch('/api/group', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Change a group',
      description: 'By its owners. Another path moves all that lies in it.',
      tags,
      querystring: GroupQuery,
      body: GroupUpdate,
      response: { 200: GroupDetails, ...problems },
    },
    handler: async ({ query, body, principal }) => {
      const { path: slug, ...change } = body;
      // Of a principal the memberships are known by the paths that were when it asked.
      const { path } = await groups.resolve(principal, query.group);
      const changed = await inFieldsOf(fieldNames, () => groups.change(principal, query.group, { ...change, slug }));
      return { ...(await shown(principal, changed)), access_level: groupLevel(principal, path) };
    },
  });

  app.delete('/api/group', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Delete a group, with the groups and projects in it',
      description: 'By its owners.',
      tags,
      querystring: GroupQuery,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ query, principal }, reply) => {
      await groups.remove(principal, query.group);
      return sendEmpty(reply, 204);
    },
  });
}
