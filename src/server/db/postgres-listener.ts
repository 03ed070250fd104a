import { Socket } from 'node:net';
import pg from 'pg';

const retryMs = 1000;

/**
 * Keeps one connection that LISTENs and tells of every notification of another node. After a break it reconnects and tells once, since
 * notifications may have been missed.
 */
export class PostgresListener {
  readonly #options: pg.ClientConfig;
  readonly #channel: string;
  /** What this node itself says in the channel, which it need not be told. */
  readonly #ownPayload: string;
  /** A connection that only listens does not notice that its other end is gone, as behind a firewall that forgot it. */
  readonly #heartbeatMs: number;
  readonly #callbacks = new Set<() => void>();
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: pg.ClientConfig, channel: string, ownPayload: string, heartbeatMs = 5000) {
    this.#options = options;
    this.#channel = channel;
    this.#ownPayload = ownPayload;
    this.#heartbeatMs = heartbeatMs;
  }

  /** The first callback opens the connection. */
  add(callback: () => void): void {
    this.#callbacks.add(callback);
    if (this.#callbacks.size === 1) void this.#connect();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    clearInterval(this.#heartbeat);
    await this.#client?.end().catch(() => {});
  }

  async #connect(): Promise<void> {
    const socket = new Socket();
    const client = new pg.Client({ ...this.#options, stream: () => socket, query_timeout: this.#heartbeatMs });
    const broken = () => {
      // Ending it in order would wait for an answer that may never come.
      socket.destroy();
      this.#reconnect(client);
    };
    this.#client = client;
    client.on('notification', ({ payload }) => {
      if (payload !== this.#ownPayload) this.#tell();
    });
    client.on('error', broken);
    client.once('end', broken);
    try {
      await client.connect();
      await client.query(`listen ${this.#channel}`);
      if (this.#client !== client || this.#stopped) return;
      this.#heartbeat = setInterval(() => {
        client.query('select 1').catch(broken);
      }, this.#heartbeatMs);
      this.#heartbeat.unref();
      this.#tell();
    } catch {
      broken();
    }
  }

  #reconnect(broken: pg.Client): void {
    if (this.#stopped || this.#client !== broken) return;
    this.#client = undefined;
    clearInterval(this.#heartbeat);
    this.#retry = setTimeout(() => void this.#connect(), retryMs);
    this.#retry.unref();
  }

  #tell(): void {
    for (const callback of this.#callbacks) callback();
  }
}
