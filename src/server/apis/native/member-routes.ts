import { Type } from 'typebox';
import {
  HolderQuery,
  Member,
  MemberListQuery,
  MemberPage,
  MemberRequest,
  MemberUpdate,
} from '../../../contract/members.ts';
import type { MemberService } from '../../features/members/member-service.ts';
import type { UserDirectoryService } from '../../features/users/user-directory-service.ts';
import { refuseNobody } from '../../features/users/user-types.ts';
import { sendEmpty } from '../../http/empty-answer.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { pageOf, pageView } from './list-page.ts';
import { memberView } from './member-view.ts';
import { problems } from './native-api.ts';
import { holderOf, type Places } from './place.ts';

const tags = ['members'];
const MemberParams = Type.Object({ username: MemberRequest.properties.username });

interface Services extends Places {
  readonly members: MemberService;
  readonly directory: UserDirectoryService;
}

/** Members of a project or a group. */
export function registerMemberRoutes(app: TypedApp, { members, directory, ...places }: Services): void {
  app.get('/api/members', {
    config: { access: 'read' },
    schema: {
      summary: 'Members of a project or group, and of the groups around it',
      tags,
      querystring: MemberListQuery,
      response: { 200: MemberPage, ...problems },
    },
    handler: async ({ query, principal }) => {
      refuseNobody(principal);
      const holder = await holderOf(places, principal, query);
      const page = pageOf(query);
      const filter = { search: query.search || undefined };
      const listed = await members.list(holder, query.inherited !== 'false', filter, page);
      return { ...pageView(page, listed, (member) => memberView(member, holder)), access_level: holder.level };
    },
  });

  app.post('/api/members', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Make a user a member',
      description: 'By maintainers, with no more than they have.',
      tags,
      querystring: HolderQuery,
      body: MemberRequest,
      response: { 201: Member, ...problems },
    },
    handler: async ({ query, body, principal }, reply) => {
      const { username, access_level: level, expires_at } = body;
      const holder = await holderOf(places, principal, query);
      const added = await members.add(principal, holder, { username }, { level, expiresAt: momentOf(expires_at) });
      return reply.code(201).send(memberView(added, holder));
    },
  });

  app.patch('/api/members/:username', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Change the level of a member, or when the membership ends',
      description: 'By maintainers, who change nobody above themselves.',
      tags,
      params: MemberParams,
      querystring: HolderQuery,
      body: MemberUpdate,
      response: { 200: Member, ...problems },
    },
    handler: async ({ params, query, body, principal }) => {
      const holder = await holderOf(places, principal, query);
      const { id } = await directory.whoIs(params.username);
      const change = { level: body.access_level, expiresAt: momentOf(body.expires_at) };
      return memberView(await members.change(principal, holder, id, change), holder);
    },
  });

  app.delete('/api/members/:username', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Take a member away, or leave',
      description: 'By maintainers; everyone may leave.',
      tags,
      params: MemberParams,
      querystring: HolderQuery,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ params, query, principal }, reply) => {
      const holder = await holderOf(places, principal, query);
      await members.remove(principal, holder, (await directory.whoIs(params.username)).id);
      return sendEmpty(reply, 204);
    },
  });
}

function momentOf(text: string | null | undefined): number | null | undefined {
  return typeof text === 'string' ? Date.parse(text) : text;
}
