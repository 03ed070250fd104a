import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { report } from '../../../test/support/factories.ts';
import { freePort } from '../../../test/support/free-port.ts';
import { runShiplog } from '../../../test/support/run-shiplog.ts';
import { cart, type TrackedShop, trackedShop } from '../../../test/support/tracked-shop.ts';
import { changeLines, waitingLines } from '../view/change-view.ts';
import { createPaint } from '../view/paint.ts';

let shop: TrackedShop;
let environment: Record<string, string>;

beforeAll(async () => {
  shop = await trackedShop();
  environment = { SHIPLOG_URL: shop.server.url, SHIPLOG_TOKEN: shop.server.adminToken };
}, 60_000);
afterAll(() => shop[Symbol.asyncDispose]());

const run = (...args: string[]) => runShiplog(args, { environment });
/** Ages depend on the day, and widths of columns on ages. */
const plain = (text: string) => text.replaceAll(/(?<=\s)\d+[smhdw](?=\s)/g, '9w').replaceAll(/(?<=\S) {2,}/g, '  ');

describe('shiplog changes', () => {
  it('lists changes with their environments', async () => {
    const { code, stdout, stderr } = await run('changes');
    expect([code, stderr]).toEqual([0, '']);
    expect(`\n${plain(stdout)}`).toBe(`
CHANGE  TITLE  STATE  AUTHOR  WHERE
shop/cart !3  Show the total  merged 9w  Maya Meyer  ✓ staging 9w  · production
shop/cart !2  Send receipts  merged 9w  Tom Toda  ✓ staging 9w  · production
shop/cart !1  PAY-311: Take cards  merged 9w  Maya Meyer  ✓ staging 9w  ✓ production 9w

✓ live  · not there
`);
  });

  it('can be narrowed down', async () => {
    const { stdout } = await run('changes', '--project', cart, '--environment', 'production', '--author', 'maya meyer');
    expect([...stdout.matchAll(/!\d/g)].flat()).toEqual(['!1']);
    expect([...(await run('changes', '--not-in', 'production')).stdout.matchAll(/!\d/g)].flat()).toEqual(['!3', '!2']);
    const cut = await run('changes', '--limit', '1');
    expect([...cut.stdout.matchAll(/!\d/g)].flat()).toEqual(['!3']);
    expect(cut.stderr).toBe('There are more; --limit shows more than 1.\n');
    expect((await run('changes', '--state', 'opened')).stderr).toBe('No change fits.\n');
  });

  it('lists what waits, the longest wait first', async () => {
    const { code, stdout } = await run('changes', '--waiting');
    expect(code).toBe(0);
    expect(`\n${plain(stdout)}`).toBe(`
WAITS  CHANGE  TITLE  AUTHOR  IS IN  NOT IN
9w  shop/cart !2  Send receipts  Tom Toda  staging  production
9w  shop/cart !3  Show the total  Maya Meyer  staging  production
`);
    const found = await run('changes', '--waiting', '--search', 'RECEIPTS');
    expect([...found.stdout.matchAll(/!\d/g)].flat()).toEqual(['!2']);
    const none = await run('changes', '--waiting', '--environment', 'production', '--not-in', 'staging');
    expect([none.code, none.stdout, none.stderr]).toEqual([0, '', 'Nothing waits.\n']);
  });

  it('answers in JSON what the server answers', async () => {
    expect(JSON.parse((await run('changes', '--json')).stdout)).toEqual(await shop.server.client.changes());
    const { items } = JSON.parse((await run('changes', '--waiting', '--json', '--limit', '1')).stdout);
    expect(items).toMatchObject([{ reference: '!2', to: { environment: 'production' } }]);
  });

  it('says what a repository would add where there is none', async () => {
    await shop.server.client.record(report({ service: 'plain' }));
    const { code, stdout, stderr } = await run('changes', '--project', 'plain');
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/^No change fits\.\nNo git repository is connected/);
  });

  it('exits with 2 for filters that do not go together, and with 3 for a project that is not there', async () => {
    expect(await run('changes', '--waiting', '--state', 'merged')).toMatchObject({ code: 2 });
    expect(await run('changes', '--state', 'done')).toMatchObject({ code: 2 });
    expect(await run('changes', '--project', 'no/such')).toMatchObject({ code: 3 });
  });

  it('fits into a narrow window', async () => {
    const { items } = await shop.server.client.changes();
    const { items: waiting } = await shop.server.client.waitingChanges();
    const title = 'A title that goes on and on and on, and then on, until nobody reads it any more';
    const look = (width: number) => ({ width, now: Date.now(), paint: createPaint(false) });
    for (const width of [120, 100, 80]) {
      const lines = [
        ...changeLines(
          items.map((change) => ({ ...change, title })),
          look(width),
        ),
        ...waitingLines(
          waiting.map((change) => ({ ...change, title })),
          look(width),
        ),
      ];
      expect(lines.filter((text) => text.length > width)).toEqual([]);
      expect(lines.some((text) => text.includes('…'))).toBe(true);
    }
    expect(changeLines(items.slice(0, 1), look(48)).slice(0, 2)).toEqual([
      '  CHANGE  shop/cart !3',
      '  TITLE   Show the total',
    ]);
  });
});

describe('shiplog where', () => {
  it('says where a change is, since when, and by which deployment', async () => {
    const { code, stdout, stderr } = await run('where', '!2');
    expect([code, stderr]).toEqual([0, '']);
    expect(`\n${plain(stdout)}`).toBe(`
shop/cart !2 Send receipts, by Tom Toda
  PROJECT  ENVIRONMENT  STATE  FIRST (UTC)  AGE  DEPLOYMENT
  shop/cart  staging  ✓ live  2026-03-01 11:00:00  9w  1.1.0 (5)
  shop/cart  production  · not there
`);
  });

  it('finds commits and versions as well', async () => {
    const { stdout } = await run('where', shop.shas.totalOwn.slice(0, 8));
    expect(stdout).toMatch(/^commit [\da-f]{12} Show the total, by Maya Meyer\n/);
    expect((await run('where', '1.0.0')).stdout).toMatch(/^version 1\.0\.0\n.*\n.*staging {6}✓ live/);
    const { items } = JSON.parse((await run('where', 'PAY-311', '--json')).stdout);
    expect(items).toMatchObject([{ label: '!1' }]);
  });

  it('says that nothing is known of what is not there', async () => {
    const { code, stdout, stderr } = await run('where', 'nonsense');
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain('Nothing of that name is known');
    expect(await run('where')).toMatchObject({ code: 2 });
    const away = { environment: { SHIPLOG_URL: `http://127.0.0.1:${await freePort()}` } };
    expect(await runShiplog(['where', '!2'], away)).toMatchObject({ code: 4 });
  });
});

describe('shiplog diff', () => {
  it('shows what one environment has and another has not', async () => {
    const { code, stdout } = await run('diff', cart, 'staging', 'production');
    expect(code).toBe(0);
    expect(`\n${plain(stdout).replaceAll(/ [\da-f]{8} /g, ' 01234567 ')}`).toBe(`
shop/cart
  staging 1.1.0 9w ago
  production 1.0.0 9w ago

Only in staging: 2 changes, 5 commits
  !3  Show the total  Maya Meyer
  !2  Send receipts  Tom Toda
  01234567  Merge branch 'total' into 'main'  Ann Author
  01234567  Show the total  Maya Meyer
  01234567  Merge branch 'receipts' into 'main'  Ann Author
  01234567  Send receipts  Tom Toda
  01234567  Write receipts  Tom Toda

Only in production: 0 changes, 0 commits
`);
  });

  it('takes numbers of deployments, and says where both are alike', async () => {
    const { from, to } = await shop.server.client.diff({
      project: cart,
      from_environment: 'staging',
      to_environment: 'production',
    });
    const { stdout } = await run('diff', cart, String(from.deployment), String(to.deployment), '--json');
    expect(JSON.parse(stdout)).toMatchObject({ known: true, from, to, missing: { changes: { count: 2 } } });
    expect((await run('diff', cart, 'staging', 'staging')).stdout).toContain('Both have the same commits.');
  });

  it('exits with 3 where there is no such environment, and says why it does not know', async () => {
    expect(await run('diff', cart, 'staging', 'nowhere')).toMatchObject({ code: 3 });
    await shop.server.client.record(report({ service: 'bare', environment: 'staging' }));
    await shop.server.client.record(report({ service: 'bare', environment: 'production' }));
    const { code, stdout } = await run('diff', 'bare', 'staging', 'production');
    expect(code).toBe(0);
    expect(stdout).toContain('No git repository is connected');
  });
});
