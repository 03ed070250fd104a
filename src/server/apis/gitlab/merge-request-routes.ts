import { notFound } from '../../errors.ts';
import type { ChangeImportService } from '../../features/changes/change-import-service.ts';
import type { ChangeService } from '../../features/changes/change-service.ts';
import type { GroupService } from '../../features/groups/group-service.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import type { UserDirectoryService } from '../../features/users/user-directory-service.ts';
import { allParameters, ownParameters } from './merge-request-filter.ts';
import { mergeRequestImportRoutes } from './merge-request-import-routes.ts';
import { MergeRequestLists } from './merge-request-lists.ts';
import { pageParameters } from './pagination.ts';
import { boolean, integer } from './parameters.ts';
import { type GitLabRoute, route } from './route.ts';

interface Parts {
  readonly changes: ChangeService;
  readonly projects: ProjectService;
  readonly groups: GroupService;
  readonly directory: UserDirectoryService;
  readonly changeImports: ChangeImportService;
}

const one = { merge_request_iid: integer({ required: true }) } as const;

/** Merge requests, by GitLab's Merge Requests API, and those of a deployment. */
export function mergeRequestRoutes(parts: Parts): GitLabRoute[] {
  const lists = new MergeRequestLists(parts.changes, parts.projects, parts.directory);
  return [...readRoutes(parts, lists), ...mergeRequestImportRoutes(parts.projects, parts.changeImports, lists)];
}

function readRoutes({ changes, projects, groups }: Parts, lists: MergeRequestLists): GitLabRoute[] {
  return [
    route({
      method: 'GET',
      url: '/merge_requests',
      access: 'read',
      parameters: { ...allParameters, ...pageParameters },
      handler: (call) => lists.page(call, {}),
    }),
    route({
      method: 'GET',
      url: '/projects/:id/merge_requests',
      access: 'read',
      parameters: { ...ownParameters, ...pageParameters },
      handler: async (call) => {
        const project = await projects.resolve(call.principal, call.path['id'] ?? '');
        return lists.page(call, { projectIds: [project.id] });
      },
    }),
    route({
      method: 'GET',
      url: '/groups/:id/merge_requests',
      access: 'read',
      parameters: { ...ownParameters, non_archived: boolean(), ...pageParameters },
      handler: async (call) => {
        const group = await groups.resolve(call.principal, call.path['id'] ?? '');
        return lists.page(call, { group: group.path });
      },
    }),
    route({
      method: 'GET',
      url: '/projects/:id/deployments/:deployment_id/merge_requests',
      access: 'read',
      parameters: { deployment_id: integer({ required: true }), ...ownParameters, ...pageParameters },
      handler: async (call) => {
        const project = await projects.resolve(call.principal, call.path['id'] ?? '');
        // As in GitLab nobody looks whether there is such a deployment.
        return lists.page(call, { projectIds: [project.id], link: { deploymentId: call.values.deployment_id } });
      },
    }),
    route({
      method: 'GET',
      url: '/projects/:id/merge_requests/:merge_request_iid',
      access: 'read',
      parameters: one,
      handler: async ({ principal, path, values, baseUrl }) => {
        const project = await projects.resolve(principal, path['id'] ?? '');
        const change = await changes.byNumber(project.id, values.merge_request_iid);
        if (!change) throw notFound('merge request');
        return lists.whole(change, baseUrl);
      },
    }),
  ];
}
