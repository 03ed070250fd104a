import { Type } from 'typebox';
import { limits } from '../../../contract/limits.ts';
import { projectPath } from '../../../contract/project-path.ts';
import { invalid, ShiplogFault } from '../../errors.ts';
import type { StreamHub } from '../../http/stream-hub.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import type { PlacedEvent } from '../../log/append-request.ts';
import { type Principal, type ProjectAccess, sees, seesEverything } from '../../principal.ts';
import { eventView } from './event-view.ts';
import { problems } from './native-api.ts';

const StreamQuery = Type.Object(
  {
    service: Type.Optional(Type.String({ minLength: 1, maxLength: limits.service, format: 'text' })),
    after: Type.Optional(Type.String({ format: 'position', description: 'The same as Last-Event-ID, which wins.' })),
  },
  { additionalProperties: false },
);

/** One server-sent event: its id is the event's position, the cursor to resume from. */
export function deploymentFrame(placed: PlacedEvent): string {
  // A deletion is no news of a deployment: nobody shows what is gone.
  if (placed.event.act === 'delete') return '';
  return `event: deployment\nid: ${placed.event.position}\ndata: ${JSON.stringify(eventView(placed))}\n\n`;
}

/** What is known of a project's changes is other than before. It has no id: who was away asks anew anyway. */
export function changesFrame(project: ProjectAccess): string {
  return `event: changes\ndata: ${JSON.stringify({ project: projectPath(project) })}\n\n`;
}

export function registerStreamRoutes(app: TypedApp, hub: StreamHub): void {
  app.get('/api/events/stream', {
    exposeHeadRoute: false,
    config: { access: 'read' },
    schema: {
      summary: 'Events as they are recorded',
      description:
        'Server-sent events named `deployment`; id is the position, data a DeploymentEvent. Those named `changes`, without an id, say that the merge and pull requests of a project, or where they are, are others now; data holds its path as `project`. Last-Event-ID resumes after a position. A comment is sent every 15 s.',
      tags: ['stream'],
      querystring: StreamQuery,
      response: problems,
    },
    handler: async ({ query, headers, principal, authenticateAgain, log }, reply) => {
      const after = positionOf(headers['last-event-id']) ?? positionOf(query.after);
      reply.hijack();
      const response = reply.raw;
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) response.setHeader(name, value);
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      });
      // Who may see more or less than at its beginning comes back and asks anew. A database that is away refuses nobody.
      const mayStay = () =>
        authenticateAgain().then(
          (now) => seenBy(now) === seenBy(principal),
          (error: unknown) => !(error instanceof ShiplogFault && error.status < 500),
        );
      const { service } = query;
      const wantsOf = (project: ProjectAccess) =>
        (service === undefined || project.service === service) && sees(principal, project);
      const client = { response, wants: wanted(service, principal), wantsOf, mayStay };
      await hub.follow(client, after).catch((error: unknown) => {
        log.warn({ err: error }, 'A stream ended, since the log could not be read; its client comes back.');
        response.destroy();
      });
    },
  });
}

/** What decides which events a principal sees, as text to compare. */
function seenBy({ scopes, reach, memberships }: Principal): string {
  const held = memberships.map(({ kind, path, level }) => `${kind} ${path} ${level}`).sort();
  return JSON.stringify([scopes, reach, held]);
}

function wanted(service: string | undefined, principal: Principal): ((placed: PlacedEvent) => boolean) | undefined {
  if (service === undefined && seesEverything(principal)) return undefined;
  return ({ place }) => (service === undefined || place.service === service) && sees(principal, place);
}

function positionOf(value: string | string[] | undefined): number | undefined {
  if (value === undefined || value === '') return undefined;
  const position = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
  if (position === undefined)
    throw invalid([{ pointer: '/Last-Event-ID', message: 'must be the id of an event of this stream' }]);
  return position;
}
