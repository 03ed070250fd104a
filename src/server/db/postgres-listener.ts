import pg from 'pg';

const retryMs = 1000;

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
    await this.#client?.end().catch(() => {});
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({ ...this.#options, keepAlive: true });
    this.#client = client;
    client.on('notification', () => this.#tell());
    client.once('error', () => this.#reconnect(client));
    client.once('end', () => this.#reconnect(client));
    try {
      await client.connect();
      await client.query(`listen ${this.#channel}`);
      this.#tell();
    } catch {
      this.#reconnect(client);
    }
  }

  #reconnect(broken: pg.Client): void {
    if (this.#stopped || this.#client !== broken) return;
    this.#client = undefined;
    broken.end().catch(() => {});
    this.#retry = setTimeout(() => void this.#connect(), retryMs);
    this.#retry.unref();
  }

  #tell(): void {
    for (const callback of this.#callbacks) callback();
  }
}
