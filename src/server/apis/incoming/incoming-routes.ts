import { isUtf8 } from 'node:buffer';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingSource } from '../../../contract/incoming.ts';
import type { Clock } from '../../clock.ts';
import { ShiplogFault } from '../../errors.ts';
import type { IncomingReceiver } from '../../features/incoming/incoming-receiver.ts';
import { FailureLimit } from '../../http/failure-limit.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { githubSender } from './github-sender.ts';
import { gitlabSender } from './gitlab-sender.ts';
import { claimedOf, type Sender } from './sender.ts';

/** Proofs of one project from one address a minute: a tool that is set up wrong sends few. */
const mostFailures = 30;

/**
 * Webhooks of other tools. They are open to everybody who has a secret of the project: the receiver looks at it, since it
 * signs the bytes of the body, which is therefore taken as it comes.
 */
export function registerIncomingRoutes(scope: TypedApp, receiver: IncomingReceiver, clock: Clock): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    ['application/json', 'application/x-www-form-urlencoded'],
    { parseAs: 'buffer' },
    async (_: unknown, body: string | Buffer) => body,
  );
  const door = { receiver, failures: new FailureLimit(mostFailures, clock) };
  const options = { config: { access: 'public' }, schema: { hide: true } } as const;
  scope.post('/webhooks/github', options, take(door, 'github', githubSender));
  scope.post('/webhooks/gitlab', options, take(door, 'gitlab', gitlabSender));
}

interface Door {
  readonly receiver: IncomingReceiver;
  readonly failures: FailureLimit;
}

/** 202 once it is stored, 200 where it was before: what it says is recorded afterwards. */
function take({ receiver, failures }: Door, source: IncomingSource, sender: Sender) {
  return async ({ headers, body: given, query, ip }: FastifyRequest, reply: FastifyReply) => {
    const body = Buffer.isBuffer(given) ? given : Buffer.alloc(0);
    const isText = isUtf8(body) && !body.includes(0);
    const text = isText ? body.toString('utf8') : '';
    const { project: named } = query as Record<string, unknown>; // parsed, not yet checked
    const claimed = claimedOf(sender, { headers, body, text }, typeof named === 'string' ? named : undefined);
    // By project too: one that is set up wrong must not keep out the others that come from the same address.
    const who = `${ip} ${claimed.project?.toLowerCase() ?? ''}`;
    failures.refuse(who);
    const receipt = await receiver
      .receive({ ...claimed, source, body: isText ? text : null })
      .catch((error: unknown) => {
        if (error instanceof ShiplogFault && error.code === 'signature_wrong') failures.count(who);
        throw error;
      });
    return reply.code(receipt.repeated ? 200 : 202).send({ id: receipt.id });
  };
}
