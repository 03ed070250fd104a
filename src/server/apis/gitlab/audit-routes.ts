import type { AuditFacts, AuditService } from '../../features/audit/audit-service.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import { pageOf, pageParameters, paginate } from './pagination.ts';
import { dateTime, integer } from './parameters.ts';
import { type GitLabRoute, route } from './route.ts';

/** What people did in a project that others may have to account for. */
export function auditRoutes(projects: ProjectService, audit: AuditService): GitLabRoute[] {
  return [
    route({
      method: 'GET',
      url: '/projects/:id/audit_events',
      access: 'read',
      parameters: { created_after: dateTime(), created_before: dateTime(), ...pageParameters },
      handler: async (call) => {
        const project = await projects.resolve(call.principal, call.path['id'] ?? '');
        const { created_after: after, created_before: before } = call.values;
        const page = pageOf(call);
        const found = await audit.list(call.principal, project, { after, before, ...page });
        return paginate(call, page, { items: found.items.map(auditView), total: found.total });
      },
    }),

    route({
      method: 'GET',
      url: '/projects/:id/audit_events/:audit_event_id',
      access: 'read',
      parameters: { audit_event_id: integer({ required: true }) },
      handler: async ({ principal, path, values }) => {
        const project = await projects.resolve(principal, path['id'] ?? '');
        return auditView(await audit.get(principal, project, values.audit_event_id));
      },
    }),
  ];
}

function auditView({ id, author, projectId, action, details, at }: AuditFacts) {
  return {
    id,
    author_id: author.userId,
    entity_id: projectId,
    entity_type: 'Project',
    event_name: action,
    details: { ...details, event_name: action, author_name: author.name },
    created_at: new Date(at).toISOString(),
  };
}
