import type { Problem } from '../../src/contract/problem.ts';
import type { TestServer } from './server.ts';

export interface AskOptions {
  /** undefined: the server's admin token; null: none. */
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string or bytes are sent as they are. */
  readonly body?: unknown;
}

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body read as JSON; undefined where there is none. */
  readonly body: T;
}

/** One plain HTTP request, for what the client hides: headers, odd bodies, problem details. */
export async function ask<T = Problem>(
  { url, adminToken }: Pick<TestServer, 'url' | 'adminToken'>,
  request: `${'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`,
  { token = adminToken, headers = {}, body }: AskOptions = {},
): Promise<Answer<T>> {
  const [method = '', path = ''] = request.split(' ');
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  const answer = await fetch(`${url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === null ? {} : { 'x-api-key': token }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isRaw ? (body as string) : JSON.stringify(body) }), // fetch takes bytes as well
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') && text !== '';
  return { status: answer.status, headers: answer.headers, text, body: (isJson ? JSON.parse(text) : undefined) as T }; // what the caller expects
}

/** The fields that a problem names. */
export function pointersOf({ body }: Answer<Problem>): string[] {
  return (body.errors ?? []).map(({ pointer }) => pointer).sort();
}
