import type { FastifyReply } from 'fastify';
import type { ShiplogFault } from '../../errors.ts';
import { faultOf, logFault } from '../../http/problem.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { answerOf, GitHubAnswer, message } from './answers.ts';

/** GitHub's envelope for everything that goes wrong below this scope. */
export function registerAnswerErrors(scope: TypedApp, isUnavailable: (error: unknown) => boolean): void {
  scope.setNotFoundHandler((_, reply) => sendAnswer(reply, message(404, 'Not Found')));
  scope.setErrorHandler((error, request, reply) => {
    if (error instanceof GitHubAnswer) return sendAnswer(reply, error);
    const fault = faultOf(error, isUnavailable);
    logFault(request, fault);
    return sendAnswer(reply, answerOf(fault, request.routeOptions.config.access), fault);
  });
}

/** Answers with the body of an answer; `fault` is what it came of. */
export function sendAnswer(reply: FastifyReply, { status, body, headers }: GitHubAnswer, fault?: ShiplogFault) {
  if (fault?.retryAfterMs !== undefined) reply.header('retry-after', Math.max(1, Math.ceil(fault.retryAfterMs / 1000)));
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="Shiplog"');
  reply.code(status).headers(headers).type('application/json; charset=utf-8');
  return reply.serializer(JSON.stringify).send(body);
}
