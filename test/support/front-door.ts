import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** Stands before a server, passes requests on, and can be shut: then connections break as they come. */
export class FrontDoor implements AsyncDisposable {
  readonly #server;
  isShut = false;
  /** How many reads went through, and how many requests of any kind found it shut. */
  readonly counts = { reads: 0, refused: 0 };

  constructor(url: string) {
    this.#server = createServer(async (request, response) => {
      const { method = 'GET', headers } = request;
      if (this.isShut) {
        this.counts.refused += 1;
        request.socket.destroy();
        return;
      }
      const body = await text(request);
      const answer = await fetch(url + request.url, {
        method,
        headers: Object.entries(headers).flatMap(([name, value]) =>
          passed.has(name) && typeof value === 'string' ? [[name, value] as [string, string]] : [],
        ),
        ...(body === '' ? {} : { body }),
      });
      response.writeHead(answer.status, { connection: 'close' }).end(await answer.text());
      if (method === 'GET') this.counts.reads += 1;
    });
  }

  /** Answers where it is. */
  async open(): Promise<string> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `http://127.0.0.1:${address.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}

const passed = new Set(['private-token', 'content-type']);
