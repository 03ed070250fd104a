import type { FastifyReply } from 'fastify';
import type { ShiplogFault } from '../../errors.ts';
import { faultOf, logFault } from '../../http/problem.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { answerOf, GitLabAnswer } from './answers.ts';

const headers = {
  vary: 'Origin',
  'cache-control': 'max-age=0, private, must-revalidate',
  'x-frame-options': 'SAMEORIGIN',
} as const;

/** GitLab's headers on every answer, and its three envelopes for everything that goes wrong below this scope. */
export function registerAnswers(scope: TypedApp, isUnavailable: (error: unknown) => boolean): void {
  scope.addHook('onSend', async (request, reply) => {
    // A secret that is shown once asks for more.
    const cacheControl = reply.getHeader('cache-control') ?? headers['cache-control'];
    reply.headers({
      ...headers,
      'cache-control': cacheControl,
      'x-request-id': request.id,
      'x-runtime': (reply.elapsedTime / 1000).toFixed(6),
    });
    // Some clients compare the header as a whole.
    const type = reply.getHeader('content-type');
    if (typeof type === 'string' && type.startsWith('application/json'))
      reply.header('content-type', 'application/json');
  });
  scope.setNotFoundHandler((_, reply) => reply.code(404).send({ error: '404 Not Found' }));
  scope.setErrorHandler((error, request, reply) => {
    if (error instanceof GitLabAnswer) return sendAnswer(reply, error);
    const fault = faultOf(error, isUnavailable);
    logFault(request, fault);
    return sendAnswer(reply, answerOf(fault), fault);
  });
}

/** Answers in one of the envelopes; `fault` is what it came of. */
export function sendAnswer(reply: FastifyReply, { status, body, headers: own }: GitLabAnswer, fault?: ShiplogFault) {
  if (fault?.retryAfterMs !== undefined) reply.header('retry-after', Math.max(1, Math.ceil(fault.retryAfterMs / 1000)));
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="Shiplog"');
  return reply.code(status).headers(own).type('application/json').serializer(JSON.stringify).send(body);
}
