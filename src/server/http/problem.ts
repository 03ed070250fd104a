import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '../../contract/problem.ts';
import { databaseUnavailable, type ErrorCode, errorCodes, invalid, ShiplogFault } from '../errors.ts';
import { fieldErrors } from './validation-errors.ts';

const typeBase = 'urn:shiplog:error:';

/** Failures that Fastify itself finds, as faults of ours. */
const fastifyCodes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media_type_unsupported',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'body_malformed',
  FST_ERR_CTP_INVALID_JSON_BODY: 'body_malformed',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request_invalid',
  FST_ERR_BAD_URL: 'request_invalid',
  FST_ERR_ASYNC_CONSTRAINT: 'request_invalid',
};

/** The fault behind any error. What nobody foresaw is `internal`, and says nothing of itself to the client. */
export function faultOf(error: unknown, isUnavailable: (error: unknown) => boolean): ShiplogFault {
  if (error instanceof ShiplogFault) return error;
  if (isUnavailable(error)) return databaseUnavailable(error);
  if (!(error instanceof Error)) return new ShiplogFault('internal', 'The server made a mistake.', { cause: error });
  const { validation, validationContext, code, statusCode } = error as FastifyError; // fields are absent on other errors
  if (validation) return invalid(fieldErrors(validation, validationContext), error);
  if (error instanceof SyntaxError && statusCode === 400) return bodyMalformed(error);
  const known = fastifyCodes[code];
  if (known === 'body_malformed') return bodyMalformed(error);
  if (known) return new ShiplogFault(known, `${errorCodes[known].title}.`, { cause: error });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new ShiplogFault('request_invalid', 'The request is not valid HTTP for this route.', { cause: error });
  }
  return new ShiplogFault(
    'internal',
    'The server made a mistake. Its log has the details under the id of this request.',
    { cause: error },
  );
}

export function bodyMalformed(cause: unknown, pointer = ''): ShiplogFault {
  const fields = [{ pointer, message: 'must be valid JSON' }];
  return new ShiplogFault('body_malformed', 'The body is not valid JSON.', { cause, fields });
}

/** Logs what a person must know of, or what we cope with for the moment; what the client did wrong is not logged. */
export function logFault(request: FastifyRequest, fault: ShiplogFault): void {
  if (fault.status < 500) return;
  const level = fault.code === 'internal' ? 'error' : 'warn';
  const { id, method, routeOptions } = request;
  request.log[level]({ err: fault.cause ?? fault, request: id, method, route: routeOptions.url }, fault.message);
}

/** Answers with problem details (RFC 9457). */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, fault: ShiplogFault): FastifyReply {
  const { code, fields, message, retryAfterMs, status } = fault;
  const problem: Problem = {
    type: `${typeBase}${code}`,
    title: errorCodes[code].title,
    status,
    code,
    detail: message,
    instance: request.id,
    ...(status === 422 || fields.length > 0 ? { errors: [...fields] } : {}),
  };
  if (retryAfterMs !== undefined) reply.header('retry-after', Math.max(1, Math.ceil(retryAfterMs / 1000)));
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="Shiplog"');
  return reply.code(status).type('application/problem+json').serializer(JSON.stringify).send(problem);
}

/** Answers what Node could not read as a request, or not in time: it never becomes one of Fastify's. */
export function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, title } = errorCodes.request_invalid;
  const problem: Problem = { type: `${typeBase}request_invalid`, title, status, code: 'request_invalid' };
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${status} Bad Request`,
    'content-type: application/problem+json',
    `content-length: ${body.length}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
