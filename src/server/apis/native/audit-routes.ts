import { type AuditEntry, AuditPage, AuditQuery, GroupAuditQuery, ServerAuditQuery } from '../../../contract/audit.ts';
import type { AuditFacts, AuditService } from '../../features/audit/audit-service.ts';
import type { GroupService } from '../../features/groups/group-service.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { timeText } from './event-view.ts';
import { pageOf, pageView } from './list-page.ts';
import { problems } from './native-api.ts';

interface Parts {
  readonly projects: ProjectService;
  readonly groups: GroupService;
  readonly audit: AuditService;
}

/** What people did that others may have to account for: in a project, in a group, and on all of the server. */
export function registerAuditRoutes(app: TypedApp, { projects, groups, audit }: Parts): void {
  app.get('/api/project/audit', {
    config: { access: 'read' },
    schema: {
      summary: 'The audit log of a project, newest first, for its maintainers',
      tags: ['projects'],
      querystring: AuditQuery,
      response: { 200: AuditPage, ...problems },
    },
    handler: async ({ query, principal }) => {
      const project = await projects.resolve(principal, query.project);
      const asked = askedOf(query);
      return pageView(asked, await audit.list(principal, project, asked), auditView);
    },
  });

  app.get('/api/group/audit', {
    config: { access: 'read' },
    schema: {
      summary: 'The audit log of a group, newest first, for its maintainers',
      description:
        'Without what was done in the projects and groups that lie in it, but for projects made and deleted.',
      tags: ['groups'],
      querystring: GroupAuditQuery,
      response: { 200: AuditPage, ...problems },
    },
    handler: async ({ query, principal }) => {
      const group = await groups.resolve(principal, query.group);
      const asked = askedOf(query);
      return pageView(asked, await audit.ofGroup(principal, group, asked), auditView);
    },
  });

  app.get('/api/audit', {
    config: { access: 'admin' },
    schema: {
      summary: 'The audit log of the server, newest first',
      tags: ['server'],
      querystring: ServerAuditQuery,
      response: { 200: AuditPage, ...problems },
    },
    handler: async ({ query }) => {
      const asked = askedOf(query);
      return pageView(asked, await audit.ofServer(query.of ?? 'all', asked), auditView);
    },
  });
}

function askedOf({ after, before, ...page }: Omit<AuditQuery, 'project'>) {
  return { after: momentOf(after), before: momentOf(before), ...pageOf(page) };
}

function momentOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}

function auditView({ id, at, author, projectId, project, groupId, group, action, details }: AuditFacts): AuditEntry {
  return {
    id,
    at: timeText(at),
    author: { user_id: author.userId, name: author.name },
    project: project ?? null,
    project_id: projectId,
    group: group ?? null,
    group_id: groupId,
    action,
    details: { ...details },
  };
}
