import { Type } from 'typebox';
import {
  EnvironmentListQuery,
  EnvironmentPage,
  EnvironmentRequest,
  EnvironmentUpdate,
  ProjectEnvironment,
} from '../../../contract/environments.ts';
import { ProjectQuery } from '../../../contract/projects.ts';
import type { EnvironmentService } from '../../features/environments/environment-service.ts';
import type { Environment } from '../../features/environments/environment-types.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import type { Project } from '../../features/projects/project-types.ts';
import type { ProtectionService } from '../../features/protected-environments/protection-service.ts';
import { sendEmpty } from '../../http/empty-answer.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { pageOf, pageView } from './list-page.ts';
import { problems } from './native-api.ts';
import { changeOf, environmentView } from './project-environment-view.ts';

const tags = ['environments'];
const EnvironmentParams = Type.Object({ id: Type.String({ format: 'digits' }) });

export interface ProjectEnvironmentServices {
  readonly projects: ProjectService;
  readonly environments: EnvironmentService;
  readonly protections: Pick<ProtectionService, 'guardOf'>;
}

/** The environments of one project. */
export function registerProjectEnvironmentRoutes(app: TypedApp, services: ProjectEnvironmentServices): void {
  const { projects, environments, protections } = services;
  const shown = async (project: Project, environment: Environment) =>
    environmentView(environment, (await protections.guardOf(project))(environment));

  app.get('/api/project/environments', {
    config: { access: 'read' },
    schema: {
      summary: 'The environments of a project',
      tags,
      querystring: EnvironmentListQuery,
      response: { 200: EnvironmentPage, ...problems },
    },
    handler: async ({ query, principal }) => {
      const project = await projects.resolve(principal, query.project);
      const page = pageOf(query);
      const filter = { search: query.search || undefined, state: query.state };
      const listed = await environments.list(project, filter, page);
      const isProtected = await protections.guardOf(project);
      return pageView(page, listed, (each) => environmentView(each, isProtected(each)));
    },
  });

  app.post('/api/project/environments', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Make an environment',
      description: 'By developers. The first report of a deployment makes one as well.',
      tags,
      querystring: ProjectQuery,
      body: EnvironmentRequest,
      response: { 201: ProjectEnvironment, ...problems },
    },
    handler: async ({ query, body: { name, ...change }, principal }, reply) => {
      const project = await projects.resolve(principal, query.project);
      // What a report may call an environment can be made, and protected, before the first report of it.
      const made = await environments.create(principal, project, name, changeOf(change));
      return reply.code(201).send(await shown(project, made));
    },
  });

  app.patch('/api/project/environments/:id', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Change an environment',
      description: 'By developers.',
      tags,
      params: EnvironmentParams,
      querystring: ProjectQuery,
      body: EnvironmentUpdate,
      response: { 200: ProjectEnvironment, ...problems },
    },
    handler: async ({ params, query, body, principal }) => {
      const project = await projects.resolve(principal, query.project);
      return shown(project, await environments.update(principal, project, Number(params.id), changeOf(body)));
    },
  });

  app.post('/api/project/environments/:id/stop', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Stop an environment',
      description: 'By developers. It is available again when a deployment succeeds there.',
      tags,
      params: EnvironmentParams,
      querystring: ProjectQuery,
      response: { 200: ProjectEnvironment, ...problems },
    },
    handler: async ({ params, query, principal }) => {
      const project = await projects.resolve(principal, query.project);
      return shown(project, await environments.stop(principal, project, Number(params.id)));
    },
  });

  app.delete('/api/project/environments/:id', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Delete an environment that is stopped',
      description: 'By maintainers. What was deployed there is no longer shown, and its name is free.',
      tags,
      params: EnvironmentParams,
      querystring: ProjectQuery,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ params, query, principal }, reply) => {
      await environments.delete(principal, await projects.resolve(principal, query.project), Number(params.id));
      return sendEmpty(reply, 204);
    },
  });
}
