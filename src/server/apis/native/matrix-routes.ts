import { Type } from 'typebox';
import { Matrix, MatrixQuery } from '../../../contract/matrix.ts';
import { NameList } from '../../../contract/server-info.ts';
import { type MatrixService, visibleProjects } from '../../features/matrix/matrix-service.ts';
import { acceptsGzip, etagMatches } from '../../http/conditional.ts';
import { sendEmpty } from '../../http/empty-answer.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { MatrixView } from './matrix-view.ts';
import { problems } from './native-api.ts';

export function registerMatrixRoutes(app: TypedApp, matrix: MatrixService): void {
  const view = new MatrixView(matrix);

  app.get('/api/matrix', {
    config: { access: 'read' },
    // The view answers bytes, which Fastify sends as they are: a megabyte through a response schema costs more than making it.
    schema: {
      summary: 'What runs where',
      tags: ['matrix'],
      querystring: MatrixQuery,
      response: { 200: Type.Unsafe<Buffer>(Matrix), 304: Type.Null(), ...problems },
    },
    handler: async ({ query, headers, principal }, reply) => {
      const { service, namespace, since, after } = query;
      const filter = {
        service,
        namespace,
        since: since === undefined ? undefined : Number(since),
        after: after === undefined ? undefined : Number(after),
        principal,
      };
      const answer = await view.answer(filter);
      reply.header('etag', answer.etag).header('cache-control', 'private, no-cache').header('vary', 'accept-encoding');
      if (etagMatches(headers['if-none-match'], answer.etag)) return sendEmpty(reply, 304);
      reply.type('application/json; charset=utf-8');
      if (!acceptsGzip(headers['accept-encoding'])) return reply.send(answer.json);
      return reply.header('content-encoding', 'gzip').send(await answer.gzip());
    },
  });

  app.get('/api/services', {
    config: { access: 'read' },
    schema: { summary: 'Names of all services', tags: ['matrix'], response: { 200: NameList, ...problems } },
    handler: async ({ principal }) => {
      const visible = visibleProjects(await matrix.snapshot(), principal);
      return { items: [...new Set(visible.map(({ service }) => service))].sort() };
    },
  });

  app.get('/api/environments', {
    config: { access: 'read' },
    schema: {
      summary: 'Names of all environments, by tier, then by name',
      tags: ['matrix'],
      response: { 200: NameList, ...problems },
    },
    handler: async ({ principal }) => {
      const snapshot = await matrix.snapshot();
      const visible = visibleProjects(snapshot, principal);
      const names = new Set(visible.flatMap(({ slots }) => slots.map(({ place }) => place.environment)));
      return { items: snapshot.columns.map(({ name }) => name).filter((name) => names.has(name)) };
    },
  });
}
