import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ShiplogFault } from '../../errors.ts';
import { nestParameters } from '../../http/nested-parameters.ts';
import { bodyMalformed } from '../../http/problem.ts';
import { parameterError } from './answers.ts';

/** JSON, form and multipart bodies, each a record of parameters. What is not an object, such as an array, is as empty. */
export function registerBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, async (_: unknown, body: string | Buffer) =>
    ofJson(String(body)),
  );
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_: unknown, body: string | Buffer) => nestParameters(new URLSearchParams(String(body))),
  );
  scope.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer' },
    async ({ headers }: FastifyRequest, body: string | Buffer) =>
      ofMultipart(headers['content-type'] ?? '', Buffer.from(body)),
  );
  scope.addContentTypeParser('*', { parseAs: 'string' }, async ({ headers }: FastifyRequest, body: string | Buffer) => {
    const type = headers['content-type']?.split(';')[0]?.trim();
    if (type === undefined) return ofJson(String(body));
    throw new ShiplogFault('media_type_unsupported', `The provided content-type '${type}' is not supported.`);
  });
}

const unreadableForm =
  'message body does not match declared format: it is no multipart/form-data with the boundary that content-type names';

function ofJson(body: string): unknown {
  if (body.trim() === '') return {};
  try {
    return JSON.parse(body);
  } catch (error) {
    throw bodyMalformed(error);
  }
}

/** Only texts: an uploaded file is no parameter of any route. The whole body has been read, and is bounded as others are. */
async function ofMultipart(contentType: string, body: Buffer): Promise<unknown> {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
    return nestParameters([...form].filter(([, value]) => typeof value === 'string'));
  } catch {
    throw parameterError(unreadableForm);
  }
}
