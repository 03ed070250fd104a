import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import {
  BatchAnswer,
  DeploymentEvent,
  DeploymentPage,
  DeploymentQuery,
  DeploymentReport,
} from '../../../contract/deployment-event.ts';
import { limits } from '../../../contract/limits.ts';
import { statusesOfNative } from '../../../contract/statuses.ts';
import { invalid, notFound } from '../../errors.ts';
import type { DeploymentService, EventCursor } from '../../features/deployments/deployment-service.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import type { Idempotency } from '../../log/append-request.ts';
import type { Principal } from '../../principal.ts';
import { eventView, reportOf } from './event-view.ts';
import { problems } from './native-api.ts';

const ReportHeaders = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ minLength: 1, maxLength: limits.idempotencyKey, format: 'text' })),
  'x-progress-reporter': Type.Optional(Type.String({ pattern: '^[a-z0-9][a-z0-9./-]{0,127}$' })),
});
type ReportHeaders = Type.Static<typeof ReportHeaders>;

const Batch = Type.Array(DeploymentReport, { minItems: 1, maxItems: limits.batch });
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function registerDeploymentRoutes(app: TypedApp, deployments: DeploymentService): void {
  app.post('/api/deployments', {
    config: { access: 'record', limited: true },
    schema: {
      summary: 'Report one fact about a deployment',
      tags: ['deployments'],
      headers: ReportHeaders,
      body: DeploymentReport,
      response: { 201: DeploymentEvent, ...problems },
    },
    handler: async ({ body, headers, principal }, reply) => {
      const report = reportOf(body, headers['x-progress-reporter']);
      const { events } = await deployments.record(principal, [report], idempotency(principal, headers, body), () => '');
      const [event] = events.map(eventView);
      if (!event) throw new RangeError('A recorded report has an event.');
      return reply.code(201).header('location', `/api/deployments/${event.id}`).send(event);
    },
  });

  app.post('/api/deployments/batch', {
    config: { access: 'record', limited: true },
    schema: {
      summary: 'Report up to 1,000 facts, all or nothing',
      description: 'A JSON array, or one JSON object a line with the content type application/x-ndjson.',
      tags: ['deployments'],
      headers: ReportHeaders,
      body: Batch,
      response: { 201: BatchAnswer, ...problems },
    },
    handler: async ({ body, headers, principal }, reply) => {
      const reports = body.map((report) => reportOf(report, headers['x-progress-reporter']));
      const key = idempotency(principal, headers, body);
      const { events } = await deployments.record(principal, reports, key, (index) => `/${index}`);
      return reply.code(201).send({ accepted: events.length, items: events.map(eventView) });
    },
  });

  app.get('/api/deployments', {
    config: { access: 'read' },
    schema: {
      summary: 'Events, newest first',
      tags: ['deployments'],
      querystring: DeploymentQuery,
      response: { 200: DeploymentPage, ...problems },
    },
    handler: async ({ query, principal }, reply) => {
      const { service, namespace, environment, deployment_id, status, since, until, q, limit, cursor } = query;
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const { events, next } = await deployments.list(
        principal,
        {
          service,
          namespace,
          environment,
          deploymentKey: deployment_id,
          statuses: status === undefined ? undefined : statusesOfNative(status),
          since: since === undefined ? undefined : Date.parse(since),
          until: until === undefined ? undefined : Date.parse(until),
          text: q,
          limit: Number(limit ?? limits.defaultPage),
          cursor: cursor === undefined ? undefined : cursorOf(cursor),
        },
        gone.signal,
      );
      return { items: events.map(eventView), next_cursor: next ? cursorText(next) : null };
    },
  });

  app.get('/api/deployments/:id', {
    config: { access: 'read' },
    schema: {
      summary: 'One event',
      tags: ['deployments'],
      params: Type.Object({ id: Type.String() }),
      response: { 200: DeploymentEvent, ...problems },
    },
    handler: async ({ params, principal }) => {
      if (!uuid.test(params.id)) throw notFound('deployment event');
      return eventView(await deployments.get(principal, params.id.toLowerCase()));
    },
  });
}

/** The same fields in another order are the same body. */
function idempotency({ id }: Principal, headers: ReportHeaders, body: unknown): Idempotency | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  const canonical = JSON.stringify([body, headers['x-progress-reporter']], (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return { owner: id, key, bodyHash: createHash('sha256').update(canonical).digest('hex') };
}

function cursorText({ happenedAt, position }: EventCursor): string {
  return Buffer.from(`${happenedAt}.${position}`).toString('base64url');
}

function cursorOf(text: string): EventCursor {
  const [, happenedAt, position] = /^(-?\d{1,16})\.(\d{1,16})$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (happenedAt === undefined) throw invalid([{ pointer: '/cursor', message: 'is not a cursor of this list' }]);
  return { happenedAt: Number(happenedAt), position: Number(position) };
}
