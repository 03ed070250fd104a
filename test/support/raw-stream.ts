import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { expect } from 'vitest';
import type { DeploymentEvent } from '../../src/contract/deployment-event.ts';

export interface StreamFrame {
  readonly id: number;
  readonly event: string;
  readonly data: DeploymentEvent;
}

/** One connection to the event stream, without reconnecting: what the wire says, frame by frame. */
export class RawStream implements Disposable {
  readonly frames: StreamFrame[] = [];
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  ended = false;
  readonly #response: IncomingMessage;
  #rest = '';

  private constructor(response: IncomingMessage) {
    this.#response = response;
    this.status = response.statusCode ?? 0;
    this.headers = response.headers;
    response.setEncoding('utf8').on('data', (text: string) => this.#take(text));
    response.once('close', () => {
      this.ended = true;
    });
    response.on('error', () => {}); // a dropped connection is told by `ended`
  }

  static async open(url: string, headers: Readonly<Record<string, string>>): Promise<RawStream> {
    const request = get(url, { headers, agent: false });
    const [response] = (await once(request, 'response')) as [IncomingMessage]; // the event's only argument
    request.on('error', () => {});
    const stream = new RawStream(response);
    // The hub adds a client in the turn in which it greets it.
    if (stream.status === 200) await once(response, 'data');
    return stream;
  }

  get ids(): number[] {
    return this.frames.map(({ id }) => id);
  }

  /** Waits until so many frames have come. */
  async holds(count: number): Promise<void> {
    await expect.poll(() => this.frames.length, { interval: 10 }).toBeGreaterThanOrEqual(count);
  }

  [Symbol.dispose](): void {
    this.#response.destroy();
  }

  #take(text: string): void {
    const blocks = (this.#rest + text).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(
        block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      if (!fields.has('data')) continue;
      this.frames.push({
        id: Number(fields.get('id')),
        event: fields.get('event') ?? '',
        data: JSON.parse(fields.get('data') ?? ''),
      });
    }
  }
}
