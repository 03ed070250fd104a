import { isUtf8 } from 'node:buffer';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingSource } from '../../../contract/incoming.ts';
import type { IncomingReceiver } from '../../features/incoming/incoming-receiver.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { githubSender } from './github-sender.ts';
import { gitlabSender } from './gitlab-sender.ts';
import { claimedOf, type Sender } from './sender.ts';

/**
 * Webhooks of other tools. They are open to everybody who has a secret of the project: the receiver looks at it, since it
 * signs the bytes of the body, which is therefore taken as it comes.
 */
export function registerIncomingRoutes(scope: TypedApp, receiver: IncomingReceiver): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    ['application/json', 'application/x-www-form-urlencoded'],
    { parseAs: 'buffer' },
    async (_: unknown, body: string | Buffer) => body,
  );
  const options = { config: { access: 'public' }, schema: { hide: true } } as const;
  scope.post('/webhooks/github', options, take(receiver, 'github', githubSender));
  scope.post('/webhooks/gitlab', options, take(receiver, 'gitlab', gitlabSender));
}

/** 202 once it is stored, 200 where it was before: what it says is recorded afterwards. */
function take(receiver: IncomingReceiver, source: IncomingSource, sender: Sender) {
  return async ({ headers, body: given, query }: FastifyRequest, reply: FastifyReply) => {
    const body = Buffer.isBuffer(given) ? given : Buffer.alloc(0);
    const isText = isUtf8(body) && !body.includes(0);
    const text = isText ? body.toString('utf8') : '';
    const claimed = claimedOf(sender, { headers, body, text });
    const { project: named } = query as Record<string, unknown>; // parsed, not yet checked
    const project = typeof named === 'string' ? named : claimed.project;
    const receipt = await receiver.receive({ ...claimed, source, project, body: isText ? text : null });
    return reply.code(receipt.repeated ? 200 : 202).send({ id: receipt.id });
  };
}
