import { accessLevels } from '../../../contract/access-levels.ts';
import { visibilities } from '../../../contract/visibilities.ts';
import type { GroupService } from '../../features/groups/group-service.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import type { UserDirectoryService } from '../../features/users/user-directory-service.ts';
import { parameterError } from './answers.ts';
import { boolean, choice, integer, text } from './parameters.ts';
import { ProjectLists, projectListParameters } from './project-lists.ts';
import { type GitLabRoute, route } from './route.ts';
import { slugOf } from './slug.ts';

const told = {
  name: text({ blank: false, trim: true, maxLength: 255 }),
  path: text({ blank: false, maxLength: 255 }),
  description: text({ nullable: true, maxLength: 2000 }),
  visibility: choice(visibilities),
  default_branch: text({ nullable: true, maxLength: 255 }),
  allow_pipeline_trigger_approve_deployment: boolean(),
} as const;

/** Projects. What is about their repositories, issues and pipelines is taken and means nothing. */
export function projectRoutes(
  projects: ProjectService,
  groups: GroupService,
  users: UserDirectoryService,
): GitLabRoute[] {
  const lists = new ProjectLists(projects, groups);
  return [
    route({
      method: 'GET',
      url: '/projects',
      access: 'read',
      parameters: projectListParameters,
      handler: (call) => lists.page(call),
    }),
    route({
      method: 'GET',
      url: '/groups/:id/projects',
      access: 'read',
      parameters: { ...projectListParameters, include_subgroups: boolean({ fallback: false }) },
      handler: async (call) => {
        const { path } = await groups.resolve(call.principal, call.path['id'] ?? '');
        return lists.page(call, { namespace: path, below: call.values.include_subgroups });
      },
    }),
    route({
      method: 'GET',
      url: '/users/:user_id/projects',
      access: 'read',
      parameters: { ...projectListParameters, user_id: integer({ required: true }) },
      handler: async (call) => {
        const { id: creatorId } = await users.seen(call.principal, call.values.user_id);
        return lists.page(call, { creatorId });
      },
    }),
    route({
      method: 'POST',
      url: '/projects',
      access: 'write',
      limited: true,
      parameters: { ...told, namespace_id: integer() },
      handler: async (call) => {
        const { name, path, namespace_id: groupId, description, default_branch, ...rest } = call.values;
        if (name === undefined && path === undefined)
          throw parameterError('name, path are missing, at least one parameter must be provided');
        const wanted = {
          name: path ?? slugOf(name ?? ''),
          title: name,
          groupId,
          description: description ?? undefined,
          visibility: rest.visibility ?? 'private',
          defaultBranch: default_branch ?? undefined,
          allowSelfApproval: rest.allow_pipeline_trigger_approve_deployment,
        };
        return lists.one(call, await projects.create(call.principal, wanted));
      },
    }),
    route({
      method: 'GET',
      url: '/projects/:id',
      access: 'read',
      handler: async (call) => {
        const project = await projects.resolve(call.principal, call.path['id'] ?? '', accessLevels.guest);
        return lists.one(call, project);
      },
    }),
    route({
      method: 'PUT',
      url: '/projects/:id',
      access: 'write',
      limited: true,
      parameters: told,
      handler: async (call) => {
        const { name, path, default_branch: defaultBranch, description, ...rest } = call.values;
        const change = {
          title: name,
          name: path,
          description,
          defaultBranch,
          visibility: rest.visibility,
          allowSelfApproval: rest.allow_pipeline_trigger_approve_deployment,
        };
        return lists.one(call, await projects.change(call.principal, call.path['id'] ?? '', change));
      },
    }),
    route({
      method: 'DELETE',
      url: '/projects/:id',
      access: 'write',
      limited: true,
      status: 202,
      handler: async ({ principal, path }) => {
        await projects.remove(principal, path['id'] ?? '');
        return { message: '202 Accepted' };
      },
    }),
  ];
}
