import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The body read as JSON, or the field `payload` of a form. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly Received[];
  /** How it answers from now on, told what came and how many came before. */
  answer: (response: ServerResponse, request: Received, index: number) => void;
}

/** A webhook's receiver on a port of this machine; it answers 200 until it is told otherwise. With `tls` it speaks https. */
export async function startReceiver(tls?: { readonly key: string; readonly cert: string }): Promise<Receiver> {
  const received: Received[] = [];
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await bodyOf(request);
    const arrived = { path: request.url ?? '', headers: request.headers, body, json: jsonOf(request, body) };
    received.push(arrived);
    receiver.answer(response, arrived, received.length - 1);
  };
  const server = tls ? createSecureServer(tls, receive) : createServer(receive);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // of a listening TCP server
  const receiver: Receiver = {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    received,
    answer: (response) => void response.end('thanks'),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}

function jsonOf({ headers }: IncomingMessage, body: string): Received['json'] {
  const isForm = headers['content-type'] === 'application/x-www-form-urlencoded';
  const text = isForm ? new URLSearchParams(body).get('payload') : body;
  return text ? JSON.parse(text) : {};
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
