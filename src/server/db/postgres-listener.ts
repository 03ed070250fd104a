import pg from 'pg';

const retryMs = 1000;
/** A connection that only listens does not notice that its other end is gone, as behind a firewall that forgot it. */
const heartbeatMs = 5000;

/**
 * Keeps one connection that LISTENs and tells of every notification. After a break it reconnects and tells once, since
 * notifications may have been missed.
 */
export class PostgresListener {
  readonly #options: pg.ClientConfig;
  readonly #channel: string;
  readonly #callbacks = new Set<() => void>();
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: pg.ClientConfig, channel: string) {
    this.#options = options;
    this.#channel = channel;
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
    const client = new pg.Client({ ...this.#options, query_timeout: heartbeatMs });
    this.#client = client;
    client.on('notification', () => this.#tell());
    client.on('error', () => this.#reconnect(client));
    client.once('end', () => this.#reconnect(client));
    try {
      await client.connect();
      await client.query(`listen ${this.#channel}`);
      if (this.#client !== client || this.#stopped) return;
      this.#heartbeat = setInterval(() => {
        client.query('select 1').catch(() => this.#reconnect(client));
      }, heartbeatMs);
      this.#heartbeat.unref();
      this.#tell();
    } catch {
      this.#reconnect(client);
    }
  }

  #reconnect(broken: pg.Client): void {
    if (this.#stopped || this.#client !== broken) return;
    this.#client = undefined;
    clearInterval(this.#heartbeat);
    broken.end().catch(() => {});
    this.#retry = setTimeout(() => void this.#connect(), retryMs);
    this.#retry.unref();
  }

  #tell(): void {
    for (const callback of this.#callbacks) callback();
  }
}
