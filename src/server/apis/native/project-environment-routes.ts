import { Type } from 'typebox';
import {
  type EnvironmentUpdate as EnvironmentChanges,
  EnvironmentListQuery,
  EnvironmentPage,
  EnvironmentRequest,
  EnvironmentUpdate,
  ProjectEnvironment,
} from '../../../contract/environments.ts';
import { ProjectQuery } from '../../../contract/projects.ts';
import type { EnvironmentService } from '../../features/environments/environment-service.ts';
import type { Environment, EnvironmentChange } from '../../features/environments/environment-types.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import type { Project } from '../../features/projects/project-types.ts';
import type { ProtectionService } from '../../features/protected-environments/protection-service.ts';
import { sendEmpty } from '../../http/empty-answer.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { timeText } from './event-view.ts';
import { problems } from './native-api.ts';
import { pageOf } from './page-numbers.ts';

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
      const { after, ...page } = pageOf(query);
      const filter = { search: query.search || undefined, state: query.state };
      const { items, total } = await environments.list(project, filter, page);
      const isProtected = await protections.guardOf(project);
      return { items: items.map((each) => environmentView(each, isProtected(each))), total, next_page: after(total) };
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

function environmentView(environment: Environment, isProtected: boolean): ProjectEnvironment {
  const { id, name, tier, state, externalUrl, description, autoStopAt, createdAt, updatedAt } = environment;
  return {
    id,
    name,
    tier,
    state,
    external_url: externalUrl,
    description,
    protected: isProtected,
    auto_stop_at: autoStopAt === null ? null : timeText(autoStopAt),
    created_at: timeText(createdAt),
    updated_at: timeText(updatedAt),
  };
}

/** Empty texts clear as null does. */
function changeOf({ tier, external_url: url, description }: EnvironmentChanges): EnvironmentChange {
  return { tier, externalUrl: orNull(url), description: orNull(description) };
}

function orNull(text: string | null | undefined): string | null | undefined {
  return text?.trim() === '' ? null : text;
}
