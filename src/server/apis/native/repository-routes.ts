import { Type } from 'typebox';
import { RepositoryAnswer, RepositoryQuery, RepositoryRequest } from '../../../contract/repositories.ts';
import type { RepositoryService } from '../../features/repositories/repository-service.ts';
import { sendEmpty } from '../../http/empty-answer.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { problems } from './native-api.ts';
import { repositoryAnswer } from './repository-view.ts';

const tags = ['repositories'];

/** `gitFault` answers why this server can read no repository. */
export function registerRepositoryRoutes(
  app: TypedApp,
  repositories: RepositoryService,
  gitFault: () => Promise<string | undefined>,
): void {
  app.get('/api/repository', {
    config: { access: 'read' },
    schema: {
      summary: 'The git repository of a project, and how it does',
      tags,
      querystring: RepositoryQuery,
      response: { 200: RepositoryAnswer, ...problems },
    },
    handler: async ({ query, principal }) =>
      repositoryAnswer(await repositories.get(principal, query.project), await gitFault()),
  });

  app.put('/api/repository', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Connect a git repository to a project, or change how it is read',
      description: 'By maintainers. It is read soon after; see `fetched_at` and `error`.',
      tags,
      querystring: RepositoryQuery,
      body: RepositoryRequest,
      response: { 200: RepositoryAnswer, ...problems },
    },
    handler: async ({ query, body, principal }) => {
      const { links_first: linksFirst, ...wanted } = body;
      return repositoryAnswer(
        await repositories.set(principal, query.project, { ...wanted, linksFirst }),
        await gitFault(),
      );
    },
  });

  app.delete('/api/repository', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Disconnect the repository of a project, with what is known of its commits',
      tags,
      querystring: RepositoryQuery,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ query, principal }, reply) => {
      await repositories.remove(principal, query.project);
      return sendEmpty(reply, 204);
    },
  });

  app.post('/api/repository/fetch', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Fetch the repository of a project now',
      tags,
      querystring: RepositoryQuery,
      response: { 202: RepositoryAnswer, ...problems },
    },
    handler: async ({ query, principal }, reply) =>
      reply.code(202).send(repositoryAnswer(await repositories.fetchNow(principal, query.project), await gitFault())),
  });
}
