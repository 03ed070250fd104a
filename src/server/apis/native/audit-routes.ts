import { type AuditEntry, AuditPage, AuditQuery } from '../../../contract/audit.ts';
import type { AuditFacts, AuditService } from '../../features/audit/audit-service.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { timeText } from './event-view.ts';
import { problems } from './native-api.ts';
import { pageOf } from './page-numbers.ts';

/** What people did in a project that others may have to account for. */
export function registerAuditRoutes(app: TypedApp, projects: ProjectService, audit: AuditService): void {
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
      const { after: pageAfter, ...page } = pageOf(query);
      const { items, total } = await audit.list(principal, project, {
        after: momentOf(query.after),
        before: momentOf(query.before),
        ...page,
      });
      return { items: items.map(auditView), total, next_page: pageAfter(total) };
    },
  });
}

function momentOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}

function auditView({ id, at, author, action, details }: AuditFacts): AuditEntry {
  return {
    id,
    at: timeText(at),
    author: { user_id: author.userId, name: author.name },
    action,
    details: { ...details },
  };
}
