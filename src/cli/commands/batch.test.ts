import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { report } from '../../../test/support/factories.ts';
import { runShiplog } from '../../../test/support/run-shiplog.ts';
import { startTestServer, type TestServer } from '../../../test/support/server.ts';
import type { DeploymentReport } from '../../contract/deployment-event.ts';

let server: TestServer;
let folder: string;

beforeAll(async () => {
  server = await startTestServer();
  folder = await mkdtemp(join(tmpdir(), 'shiplog-batch-'));
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

function batch(args: readonly string[], input = '') {
  return runShiplog(['batch', ...args], {
    input,
    environment: { SHIPLOG_URL: server.url, SHIPLOG_TOKEN: server.adminToken },
  });
}

const many = (service: string, count: number) => Array.from({ length: count }, () => report({ service }));
const ndjson = (items: readonly object[]) => items.map((item) => `${JSON.stringify(item)}\n`).join('');

async function countOf(service: string): Promise<number> {
  let cursor: string | null | undefined;
  let count = 0;
  while (cursor !== null) {
    const page = await server.client.deployments({ service, limit: '500', ...(cursor ? { cursor } : {}) });
    count += page.items.length;
    cursor = page.next_cursor;
  }
  return count;
}

describe('shiplog batch', () => {
  it('records a file of more reports than fit in one request', async () => {
    const file = join(folder, 'history.ndjson');
    await writeFile(file, ndjson(many('from-file', 2300)));
    const { code, stdout, stderr } = await batch([file]);
    expect([code, stdout, stderr]).toEqual([0, `Recorded 2,300 reports from ${file}.\n`, '']);
    expect(await countOf('from-file')).toBe(2300);
  });

  it('stores nothing twice when the same file is sent again', async () => {
    const file = join(folder, 'again.ndjson');
    await writeFile(file, ndjson(many('again', 30)));
    await batch([file]);
    expect((await batch([file])).code).toBe(0);
    expect(await countOf('again')).toBe(30);
  });

  it('reads a JSON array from standard input, and answers in JSON', async () => {
    const { stdout } = await batch(['-', '--json'], JSON.stringify(many('from-stdin', 3), null, 2));
    expect(JSON.parse(stdout)).toEqual({ accepted: 3 });
  });

  it('names the lines that are wrong, what is stored, and how to go on', async () => {
    const items: DeploymentReport[] = many('broken', 6);
    const wrong = { ...report({ service: 'broken' }), status: 'great' };
    const file = join(folder, 'broken.ndjson');
    await writeFile(file, ndjson([...items.slice(0, 5), wrong, ...items.slice(5)]));
    const { code, stderr } = await batch([file, '--chunk', '2']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/\n {2}line 6: \/status: /);
    expect(stderr).toContain(
      `The first 4 reports are recorded, nothing after. To go on: shiplog batch ${file} --skip 4\n`,
    );
    expect(await countOf('broken')).toBe(4);

    await writeFile(file, ndjson([...items.slice(0, 5), items[5] ?? {}]));
    const rest = await batch([file, '--skip', '4']);
    expect(rest.stdout).toBe(`Recorded 2 reports from ${file}.\n`);
    expect(await countOf('broken')).toBe(6);
  });

  it('says what is wrong with a file it cannot use', async () => {
    expect(await batch(['/nonexistent.ndjson'])).toMatchObject({
      code: 2,
      stderr: 'Error: There is no file /nonexistent.ndjson\n',
    });
    expect(await batch([folder])).toMatchObject({ code: 2 });
    const broken = await batch([], '{"a":1}\nnonsense\n');
    expect(broken.code).toBe(2);
    expect(broken.stderr).toMatch(/^Error: line 2 is not JSON: .*\nNothing was recorded\.\n$/);
  });
});
