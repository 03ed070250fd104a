import { Type } from 'typebox';
import { accessLevels } from '../../../contract/access-levels.ts';
import { projectPath } from '../../../contract/project-path.ts';
import {
  ProjectDetails,
  ProjectListQuery,
  ProjectPage,
  ProjectQuery,
  ProjectUpdate,
} from '../../../contract/projects.ts';
import type { GroupService } from '../../features/groups/group-service.ts';
import { ancestorsOf } from '../../features/groups/group-types.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import type { ListedProject, Project } from '../../features/projects/project-types.ts';
import { sendEmpty } from '../../http/empty-answer.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { levelOn, type Principal } from '../../principal.ts';
import { inFieldsOf } from './field-names.ts';
import { pageOf, pageView } from './list-page.ts';
import { problems } from './native-api.ts';
import { projectView } from './project-view.ts';

const tags = ['projects'];

/** What the rules call the fields of a change. */
const fieldNames = { path: 'service', name: 'service', visibility_level: 'visibility' } as const;

/** Projects. They come to be by the first report of a deployment. */
export function registerProjectRoutes(app: TypedApp, projects: ProjectService, groups: GroupService): void {
  const shown = async (principal: Principal, listed: readonly ListedProject[]) => {
    const around = listed.flatMap((project) => ancestorsOf(projectPath(project)));
    const seen = await groups.seenAmong(principal, around);
    return listed.map((project) => projectView(project, seen, principal));
  };
  const one = async (principal: Principal, project: Project) => {
    const listed = await projects.listed(project);
    const seen = await groups.seenAmong(principal, ancestorsOf(projectPath(project)));
    return projectView(listed, seen, principal);
  };

  app.get('/api/projects', {
    config: { access: 'read' },
    schema: {
      summary: 'Projects that the caller may read, by their paths',
      tags,
      querystring: ProjectListQuery,
      response: { 200: ProjectPage, ...problems },
    },
    handler: async ({ query, principal }) => {
      const page = pageOf(query);
      const filter = { search: query.search || undefined, namespace: query.group, below: true } as const;
      const { items, total } = await projects.list(principal, { ...filter, orderBy: 'full_path', sort: 'asc' }, page);
      return pageView(page, { items: await shown(principal, items), total }, (view) => view);
    },
  });

  app.get('/api/project', {
    config: { access: 'read' },
    schema: {
      summary: 'One project, also by the path that it had before it was renamed',
      tags,
      querystring: ProjectQuery,
      response: { 200: ProjectDetails, ...problems },
    },
    handler: async ({ query, principal }) => one(principal, await projects.found(principal, query.project)),
  });

  app.patch('/api/project', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Change a project',
      description: 'By its maintainers; its visibility by its owners.',
      tags,
      querystring: ProjectQuery,
      body: ProjectUpdate,
      response: { 200: ProjectDetails, ...problems },
    },
    handler: async ({ query, body, principal }) => {
      const { service: name, default_branch: defaultBranch, allow_self_approval: allowSelfApproval, ...rest } = body;
      const change = { ...rest, name, defaultBranch, allowSelfApproval };
      // Of a principal the memberships are known by the paths that were when it asked.
      const before = await projects.resolve(principal, query.project, accessLevels.maintainer);
      const changed = await inFieldsOf(fieldNames, async () =>
        one(principal, await projects.change(principal, query.project, change)),
      );
      return { ...changed, access_level: levelOn(principal, before) };
    },
  });

  app.delete('/api/project', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Delete a project, with what happened there',
      description: 'By its owners. Its name is free then.',
      tags,
      querystring: ProjectQuery,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ query, principal }, reply) => {
      await projects.remove(principal, query.project);
      return sendEmpty(reply, 204);
    },
  });
}
