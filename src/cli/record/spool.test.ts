import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { report } from '../../../test/support/factories.ts';
import { idempotencyKey, Spool, spoolFolder } from './spool.ts';

let folder: string;
let now = 1000;
let spool: Spool;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'shiplog-spool-')), 'spool');
  spool = new Spool(folder, () => now++);
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

function entry(version: string) {
  const body = report({ version });
  return { server: 'http://x', idempotencyKey: idempotencyKey(body), progressReporter: 'shiplog-cli', report: body };
}

describe('the spool', () => {
  it('keeps reports in the order they came, for nobody else to read', async () => {
    const paths = [await spool.add(entry('1')), await spool.add(entry('2')), await spool.add(entry('3'))];
    const { waiting } = await spool.list();
    expect(waiting.map((file) => file.report.version)).toEqual(['1', '2', '3']);
    expect(waiting.map(({ path }) => path)).toEqual(paths);
    for (const path of paths) expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('is empty before anything was kept', async () => {
    expect(await spool.list()).toEqual({ waiting: [], damaged: [] });
  });

  it('holds no token and leaves nothing half written', async () => {
    await spool.add(entry('1'));
    const names = await readdir(folder);
    expect(names).toEqual([expect.stringMatching(/^\d{15}-.+\.json$/)]);
    const kept = JSON.parse(await readFile(join(folder, names[0] ?? ''), 'utf8'));
    expect(Object.keys(kept).sort()).toEqual(['format', 'idempotencyKey', 'progressReporter', 'report', 'server']);
  });

  it('moves what is no report aside and goes on', async () => {
    await spool.add(entry('1'));
    await writeFile(join(folder, '000000000000001-broken.json'), '{"form');
    const { waiting, damaged } = await spool.list();
    expect(waiting).toHaveLength(1);
    expect(damaged).toEqual([join(folder, 'refused', '000000000000001-broken.json')]);
    expect((await spool.list()).damaged).toEqual([]);
  });

  it('forgets a report that was sent, also where another process was faster', async () => {
    await spool.add(entry('1'));
    const [file] = (await spool.list()).waiting;
    if (!file) throw new Error('nothing was kept');
    await spool.remove(file);
    await spool.remove(file);
    expect((await spool.list()).waiting).toEqual([]);
  });

  it('says what is wrong where it may not write', async () => {
    await spool.add(entry('1'));
    await writeFile(join(folder, 'file'), '');
    await chmod(join(folder, 'file'), 0o400);
    await expect(new Spool(join(folder, 'file'), () => now).add(entry('2'))).rejects.toThrow(/EEXIST|ENOTDIR/);
  });

  it('lives in the XDG state folder unless another is named', () => {
    expect(spoolFolder(undefined, { XDG_STATE_HOME: '/state', HOME: '/home/maya' })).toBe('/state/shiplog/spool');
    expect(spoolFolder(undefined, { HOME: '/home/maya' })).toBe('/home/maya/.local/state/shiplog/spool');
    expect(spoolFolder(undefined, { SHIPLOG_SPOOL_DIR: '/var/spool/shiplog' })).toBe('/var/spool/shiplog');
    expect(spoolFolder('/given', { SHIPLOG_SPOOL_DIR: '/var/spool/shiplog' })).toBe('/given');
  });

  it('gives the same report the same key, whatever the order of its fields', () => {
    const body = report({ deployment_id: 'a', version: '1' });
    const reversed = Object.fromEntries(Object.entries(body).reverse()) as typeof body;
    expect(idempotencyKey(reversed)).toBe(idempotencyKey(body));
    expect(idempotencyKey({ ...body, status: 'failure' })).not.toBe(idempotencyKey(body));
    expect(idempotencyKey(body)).toMatch(/^[\x21-\x7e]{1,255}$/);
  });
});
