import { connect, type Socket } from 'node:net';

export interface SocketAnswer {
  readonly status: number;
  readonly ms: number;
}

const headEnd = Buffer.from('\r\n\r\n');

/**
 * One kept connection that sends the next request when the last one is answered. It reads no more of an answer than where it
 * ends, so that the measured server, not the measuring client, is what is busy.
 */
export class HttpSocket {
  readonly #socket: Socket;
  readonly #nextRequest: () => string | Buffer;
  readonly #onAnswer: (answer: SocketAnswer) => void;
  #sentAt = 0;
  #head: Buffer = Buffer.alloc(0);
  #bodyLeft = -1;
  #status = 0;
  #stopped = false;

  constructor(url: URL, nextRequest: () => string | Buffer, onAnswer: (answer: SocketAnswer) => void) {
    this.#nextRequest = nextRequest;
    this.#onAnswer = onAnswer;
    this.#socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true }, () => this.#send());
    this.#socket.on('data', (chunk) => this.#take(chunk));
    this.#socket.on('error', () => {
      if (!this.#stopped) onAnswer({ status: 0, ms: 0 });
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#socket.destroy();
  }

  #send(): void {
    this.#sentAt = performance.now();
    this.#socket.write(this.#nextRequest());
  }

  #take(chunk: Buffer): void {
    if (this.#bodyLeft === -1) {
      this.#head = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
      const end = this.#head.indexOf(headEnd);
      if (end === -1) return;
      const head = this.#head.toString('latin1', 0, end);
      this.#status = Number(head.slice(9, 12));
      this.#bodyLeft = lengthOf(head, this.#status) - (this.#head.length - end - headEnd.length);
    } else {
      this.#bodyLeft -= chunk.length;
    }
    if (this.#bodyLeft > 0) return;
    this.#head = Buffer.alloc(0);
    this.#bodyLeft = -1;
    this.#onAnswer({ status: this.#status, ms: performance.now() - this.#sentAt });
    if (!this.#stopped) this.#send();
  }
}

function lengthOf(head: string, status: number): number {
  if (status === 304 || status === 204) return 0;
  return Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
}
