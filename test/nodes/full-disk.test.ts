import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { databases } from '../support/databases.ts';
import { everyEvent, upTo } from '../support/every-event.ts';
import { report } from '../support/factories.ts';
import { type SpawnedServer, spawnServer } from '../support/spawned-server.ts';

const sqlite = databases.filter(({ name }) => name === 'sqlite');
const prlimit = spawnSync('prlimit', ['--version']).status === 0;
if (!prlimit)
  console.warn('There is no prlimit (Linux, util-linux) to fill the disk with: the test of a full disk is left out.');

/** A limit on the size of files looks to the process like a disk that is full, and can be lifted from outside. */
const limitFiles = ({ pid }: SpawnedServer, bytes: number | 'unlimited') =>
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);

test.runIf(prlimit).each(sqlite)(
  'a full disk on $name is a 503 to come back to, and loses nothing',
  async ({ create }) => {
    await using database = await create();
    await using server = await spawnServer(database);
    const stored = [await server.client.record(report())];

    limitFiles(server, 0);
    const refusal: unknown = await server.client.record(report()).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ status: 503, problem: { code: 'database_unavailable' } });
    expect(refusal).toHaveProperty('retryAfterMs', expect.any(Number));
    expect(await statusOf(server, '/readyz')).toBe(503);
    expect(await statusOf(server, '/healthz')).toBe(200);
    expect(await everyEvent(server.client)).toEqual(stored);

    limitFiles(server, 'unlimited');
    for (const next of [report(), report()]) stored.push(await server.client.record(next));
    expect(await statusOf(server, '/readyz')).toBe(200);
    expect(await everyEvent(server.client)).toEqual(stored);
    expect(stored.map(({ position }) => position)).toEqual(upTo(3));
  },
);

async function statusOf({ url }: SpawnedServer, path: string): Promise<number> {
  return (await fetch(`${url}${path}`)).status;
}
