import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DemoRepositories } from './demo-repositories.ts';
import { generateFleet } from './generate-fleet.ts';

const now = Date.parse('2026-11-20T22:00:00Z');
const history = generateFleet({ seed: 1, now, services: 21, days: 40 });
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

async function make() {
  const folder = mkdtempSync(join(tmpdir(), 'shiplog-demo-git-'));
  folders.push(folder);
  const { signal } = new AbortController();
  const repositories = await DemoRepositories.make(history, {
    folder,
    seed: '1',
    now,
    path: process.env['PATH'],
    signal,
  });
  const urlOf = (project: string) => repositories.connections.find((each) => each.project === project)?.url ?? '';
  const git = (project: string, ...args: readonly string[]) =>
    execFileSync('git', ['-C', urlOf(project), ...args], { encoding: 'utf8' });
  return { repositories, git };
}

describe('the repositories of the demo', () => {
  it('have the commit of every deployment, the same ones for the same seed', async () => {
    const [{ repositories, git }, again] = await Promise.all([make(), make()]);
    const told = history.map((report) => repositories.told(report));
    expect(history.map((report) => again.repositories.told(report))).toEqual(told);
    const known = new Set(
      repositories.connections.flatMap(({ project }) => git(project, 'rev-list', '--all').trim().split('\n')),
    );
    expect(told.filter(({ sha = '' }) => !known.has(sha))).toEqual([]);
    expect(told.map(({ happened_at: at }) => at)).toEqual(history.map(({ happened_at: at }) => at));
  });

  it('land changes as the platform of each team does, with reverts and picks', async () => {
    const { git } = await make();
    const messages = (project: string) => git(project, 'log', '--all', '--format=%B');
    expect(messages('payments/ledger')).toMatch(/^See merge request payments\/services!\d+$/m);
    expect(messages('checkout/cart')).toMatch(/^[A-Z].* \(#\d+\)$/m);
    expect(messages('identity/login')).toMatch(/^Merged PR \d+: /m);
    expect(messages('platform/api-gateway')).toMatch(/^Pull request #\d+: /m);
    const all = ['payments/ledger', 'checkout/cart', 'identity/login', 'data/reports'].map(messages).join('\n');
    const [, picked = ''] = /^\(cherry picked from commit ([0-9a-f]{40})\)$/m.exec(all) ?? [];
    expect(all).toMatch(/^This reverts commit [0-9a-f]{40}\.$/m);
    expect(picked).not.toBe('');
  });

  it('get a commit for each version that is made later, and more that wait for the next', async () => {
    const { repositories, git } = await make();
    const last = history.findLast(({ namespace, service }) => `${namespace}/${service}` === 'payments/ledger');
    if (!last) throw new Error('It was deployed.');
    const before = git('payments/ledger', 'rev-list', 'main').trim().split('\n');
    const first = await repositories.happening({ ...last, sha: 'a'.repeat(40) }, now);
    const second = await repositories.happening({ ...last, sha: 'b'.repeat(40) }, now + 60_000);
    expect(before).toContain(first.sha);
    expect(before).not.toContain(second.sha);
    expect(await repositories.happening({ ...last, sha: 'b'.repeat(40), status: 'success' }, now)).toMatchObject({
      sha: second.sha,
      ref: 'main',
    });
    const main = git('payments/ledger', 'rev-list', 'main').trim().split('\n');
    expect(main.indexOf(second.sha ?? '')).toBeGreaterThan(0);
  });
});
