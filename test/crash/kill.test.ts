import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, test } from 'vitest';
import { ShiplogClient } from '../../src/client/shiplog-client.ts';
import { UnreachableError } from '../../src/client/shiplog-error.ts';
import type { DeploymentEvent, DeploymentReport } from '../../src/contract/deployment-event.ts';
import { databases } from '../support/databases.ts';
import { everyEvent, upTo } from '../support/every-event.ts';
import { report } from '../support/factories.ts';
import { freePort } from '../support/free-port.ts';
import { seededRandom } from '../support/random.ts';
import { type SpawnedServer, type SpawnOptions, spawnServer } from '../support/spawned-server.ts';
import { StreamReader } from '../support/stream-reader.ts';

const kills = 20;
const writers = 8;
const seed = 20_260_101;

/** Pipelines that go on reporting through restarts: what got no answer is sent again under the same idempotency key. */
class Pipelines {
  readonly acknowledged = new Map<string, DeploymentEvent>();
  readonly #client: ShiplogClient;
  #unanswered: DeploymentReport[] = [];

  constructor(client: ShiplogClient) {
    this.#client = client;
  }

  /** Reports without pause from several writers until the server is gone; kills it after so many answers. */
  async writeUntilKilled(server: SpawnedServer, answers: number): Promise<void> {
    let left = answers;
    const write = async () => {
      for (;;) {
        const next = this.#unanswered.pop() ?? report({ service: `service-${this.acknowledged.size % 7}` });
        if (!(await this.#send(next))) return;
        left -= 1;
        if (left === 0) void server.kill('SIGKILL');
      }
    };
    await Promise.all(Array.from({ length: writers }, write));
    await server.exited;
  }

  async sendTheRest(): Promise<void> {
    for (const rest of this.#unanswered.splice(0)) await this.#send(rest);
    expect(this.#unanswered).toEqual([]);
  }

  async #send(next: DeploymentReport): Promise<boolean> {
    try {
      const event = await this.#client.record(next, { idempotencyKey: next.deployment_id });
      this.acknowledged.set(next.deployment_id, event);
      return true;
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error;
      this.#unanswered.push(next);
      return false;
    }
  }
}

describe.each(databases)('killed under load on $name', ({ name, create }) => {
  test('every acknowledged event is there once, and the stream has no gap and no duplicate', {
    // Twenty-one starts of the server, and the machine may have other work.
    timeout: 300_000,
  }, async () => {
    await using database = await create();
    const random = seededRandom(seed);
    const port = await freePort();
    const adminToken = 'admin-token-of-the-crash-test';
    const options: SpawnOptions = { ...database, adminToken, flags: ['--port', String(port)] };
    const client = new ShiplogClient({ baseUrl: `http://127.0.0.1:${port}`, token: adminToken });
    const pipelines = new Pipelines(client);
    await using stream = new StreamReader(client);

    for (let round = 0; round < kills; round += 1) {
      const server = await spawnServer(options);
      await pipelines.writeUntilKilled(server, 1 + Math.floor(random() * 150));
    }

    const server = await spawnServer(options);
    await pipelines.sendTheRest();
    const events = await everyEvent(client);
    expect(events.map(({ position }) => position)).toEqual(upTo(events.length));
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(new Map(events.map((event) => [event.deployment_id, event]))).toEqual(pipelines.acknowledged);
    expect(events).toHaveLength(pipelines.acknowledged.size);

    await stream.reaches(events.length);
    expect(stream.positions).toEqual(upTo(events.length));
    expect(await server.kill('SIGTERM')).toMatchObject({ code: 0 });
    if (name === 'sqlite') expect(integrityOf(join(database.dataDir, 'shiplog.db'))).toBe('ok');
  });
});

function integrityOf(file: string): unknown {
  const database = new DatabaseSync(file);
  try {
    return database.prepare('pragma integrity_check').get()?.['integrity_check'];
  } finally {
    database.close();
  }
}
