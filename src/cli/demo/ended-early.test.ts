import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startShiplog } from '../../../test/support/run-shiplog.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shiplog-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What lies in the folder of the demo once it has come so far. */
const moments = [
  ['it makes repositories', /services\.git$/],
  ['git writes commits', /tmp_pack_/],
  ['it opens its database', /shiplog\.db$/],
  ['repositories are made', /\.pack$/],
] as const;

describe('a demo that is ended', () => {
  it.each(moments)('by Ctrl-C when %s takes its folder away', async (_, file) => {
    await using demo = startDemo();
    await expect.poll(filesOfDemo, { interval: 5 }).toContainEqual(expect.stringMatching(file));
    // To all that the terminal runs, so to git as well.
    process.kill(-demo.pid, 'SIGINT');
    expect(await demo.finished).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('by SIGTERM when git writes commits takes its folder away', async () => {
    await using demo = startDemo();
    await expect.poll(filesOfDemo, { interval: 5 }).toContainEqual(expect.stringMatching(/tmp_pack_/));
    expect(await demo.stop('SIGTERM')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('by Ctrl-C once it is ready takes its folder away', async () => {
    await using demo = startDemo();
    await demo.until(/"url".*\n/);
    process.kill(-demo.pid, 'SIGINT');
    expect(await demo.finished).toMatchObject({ code: 0, stderr: '' });
    expect(await readdir(folder)).toEqual([]);
  });
});

function startDemo() {
  return startShiplog(['demo', '--json', '--rate', '6000'], { environment: { TMPDIR: folder }, ownGroup: true });
}

async function filesOfDemo(): Promise<string[]> {
  return readdir(folder, { recursive: true });
}
