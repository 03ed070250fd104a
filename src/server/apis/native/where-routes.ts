import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import {
  BehindAnswer,
  BehindQuery,
  DeploymentChanges,
  DeploymentDiff,
  DiffQuery,
  WhereAnswer,
  WhereQuery,
} from '../../../contract/where.ts';
import { invalid, notFound } from '../../errors.ts';
import type { BehindService } from '../../features/changes/behind-service.ts';
import type { DiffService } from '../../features/changes/diff-service.ts';
import type { WhereService } from '../../features/changes/where-service.ts';
import { etagMatches } from '../../http/conditional.ts';
import { sendEmpty } from '../../http/empty-answer.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { standingView } from './change-view.ts';
import { problems } from './native-api.ts';
import { deploymentChangesView, diffView, lagView, whereView } from './where-view.ts';

export function registerWhereRoutes(
  app: TypedApp,
  where: WhereService,
  diffs: DiffService,
  behind: BehindService,
): void {
  app.get('/api/where', {
    config: { access: 'read' },
    schema: {
      summary: 'Where a commit, a change or a version is live, since when, and by which deployment',
      tags: ['changes'],
      querystring: WhereQuery,
      response: { 200: WhereAnswer, ...problems },
    },
    handler: async ({ query, principal }) => whereView(query.q, await where.find(principal, query.q)),
  });

  app.get('/api/deployments/diff', {
    config: { access: 'read' },
    schema: {
      summary: 'What one deployment or environment has and another has not',
      description: 'Either `from` and `to`, or `project`, `from_environment` and `to_environment`.',
      tags: ['changes'],
      querystring: DiffQuery,
      response: { 200: DeploymentDiff, ...problems },
    },
    handler: async ({ query, principal }) => {
      const { project, from, to, from_environment: here, to_environment: there } = query;
      if (from !== undefined && to !== undefined && here === undefined && there === undefined) {
        return diffView(await diffs.ofDeployments(principal, project, Number(from), Number(to)));
      }
      if (project !== undefined && here !== undefined && there !== undefined && (from ?? to) === undefined) {
        return diffView(await diffs.ofEnvironments(principal, project, here, there));
      }
      const message = 'give from and to, or project, from_environment and to_environment';
      throw invalid([{ pointer: '/from', message }]);
    },
  });

  app.get('/api/deployments/:id/changes', {
    config: { access: 'read' },
    schema: {
      summary: 'What a deployment shipped and what it took out',
      tags: ['changes'],
      params: Type.Object({ id: Type.String({ description: 'Its number.' }) }),
      response: { 200: DeploymentChanges, ...problems },
    },
    handler: async ({ params, principal }) => {
      if (!/^\d{1,15}$/.test(params.id)) throw notFound('deployment');
      return deploymentChangesView(await diffs.ofDeployment(principal, Number(params.id)));
    },
  });

  app.get('/api/behind', {
    config: { access: 'read' },
    schema: {
      summary: 'How far each environment is behind the one before it',
      tags: ['changes'],
      querystring: BehindQuery,
      response: { 200: BehindAnswer, 304: Type.Null(), ...problems },
    },
    handler: async ({ query, headers, principal }, reply) => {
      const { items, standing } = await behind.list(principal, query.project);
      const answer = { items: items.map(lagView), repository: standingView(standing) };
      const etag = `W/"${createHash('sha256').update(JSON.stringify(answer)).digest('base64url').slice(0, 22)}"`;
      reply.header('etag', etag).header('cache-control', 'private, no-cache');
      return etagMatches(headers['if-none-match'], etag) ? sendEmpty(reply, 304) : reply.send(answer);
    },
  });
}
