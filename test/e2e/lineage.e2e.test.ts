import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { join, person, privateProject } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { promoteProject } from './promoted-project.ts';
import { focusedName, openPage, signedInContext, telephone } from './signed-in-page.ts';

const address = '/projects/shop%2Fbasket/lineage';

describe('the lineage of a project', () => {
  let server: TestServer;
  let browser: Browser;
  let context: BrowserContext;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startTestServer(), launchBrowser()]);
    await promoteProject(server, 'shop/basket');
    context = await signedInContext(browser, server);
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  const nodes = (page: Page) => page.getByRole('list', { name: 'Deployments' }).getByRole('link');
  const node = (page: Page, name: string) => nodes(page).and(page.getByRole('link', { name, exact: true }));

  test('draws each version on its way through the environments, and leads to each deployment', async () => {
    const page = await openPage(context, address);
    await nodes(page).first().waitFor();
    const names = () => nodes(page).evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
    await expect
      .poll(async () => (await names()).slice(0, 2))
      .toEqual(['1.4.0 in dev, Success, runs there now', '1.4.0 in qa, In progress']);
    await expect.poll(names).toContain('12.4 of shop/base-image in registry, Success, runs there now');
    const xs = await Promise.all(
      ['dev', 'qa', 'staging', 'production-us'].map(async (environment) => {
        const box = await nodes(page)
          .and(page.getByRole('link', { name: new RegExp(`^1\\.3\\.0 in ${environment},`) }))
          .boundingBox();
        return box?.x ?? 0;
      }),
    );
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
    await page.getByText('hotfix-image-7').waitFor();
    await node(page, '1.3.0 in production-us, Failed').click();
    await page.getByRole('heading', { level: 1, name: 'shop/basket 1.3.0 in production-us' }).waitFor();
    const own = page.getByRole('region', { name: 'Lineage' }).getByRole('link', { name: /^1\.3\.0 in production-us/ });
    await expect.poll(() => own.getAttribute('aria-current')).toBe('page');
    await page.close();
  });

  test('fades out where it goes on beyond the edge, until one has scrolled there', async () => {
    const page = await openPage(context, address);
    await page.setViewportSize({ width: 900, height: 900 });
    await nodes(page).first().waitFor();
    const frame = page.locator('[data-more]');
    const mask = () => frame.evaluate((element) => getComputedStyle(element).maskImage);
    await expect.poll(() => frame.getAttribute('data-more')).toBe('end');
    await expect.poll(() => mask()).toContain('linear-gradient');
    await frame.evaluate((element) => element.scrollTo({ left: element.scrollWidth }));
    await expect.poll(() => frame.getAttribute('data-more')).toBe('start');
    await page.emulateMedia({ media: 'print' });
    await expect.poll(() => mask()).toBe('none');
    await page.close();
  });

  test('lights the whole line of a deployment, by pointer and by keyboard', async () => {
    const page = await openPage(context, address);
    await nodes(page).first().waitFor();
    const dimmed = () =>
      nodes(page).evaluateAll((all) => all.filter((each) => each.className.includes('opacity-40')).length);
    const lit = async () => (await nodes(page).count()) - (await dimmed());
    await node(page, '1.3.0 in production-us, Failed').hover();
    // dev, qa, staging and production-us itself
    await expect.poll(lit).toBe(4);
    await page.mouse.move(5, 5);
    await expect.poll(dimmed).toBe(0);
    await node(page, '1.3.0 in production-us, Failed').focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => focusedName(page)).toBe('1.3.0 in staging, Success, runs there now');
    await expect.poll(lit).toBe(5);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => focusedName(page)).toMatch(/^1\.3\.0 in dev/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'shop/basket 1.3.0 in qa' }).waitFor();
    await page.close();
  });

  test('says the same in a table, by a link that can be passed on, and by itself on a telephone', async () => {
    const page = await openPage(context, address);
    await nodes(page).first().waitFor();
    await page.getByRole('button', { name: 'Table' }).click();
    await page.waitForURL(/view=table/);
    const rows = page.getByRole('table', { name: 'Promotions' }).getByRole('row');
    await rows.nth(1).waitFor();
    const texts = (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
    expect(texts[1]).toMatch(/1\.4\.0 .*qa .*In progress .*dev 1\.4\.0 hotfix-image-7, which is not known here/);
    await page.reload();
    await rows.nth(1).waitFor();
    await page.setViewportSize(telephone);
    await page.goto(address);
    await rows.nth(1).waitFor();
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.close();
  });

  test('grows while it is looked at', async () => {
    const page = await openPage(context, address);
    await nodes(page).first().waitFor();
    await page.getByRole('status', { name: 'Live updates: live' }).waitFor();
    const { items } = await server.client.deployments({ service: 'basket', environment: 'staging', limit: '1' });
    const parent = items[0]?.deployment_id ?? '';
    const sent = report({ namespace: 'shop', service: 'basket', environment: 'production-ap', version: '1.3.0' });
    await server.client.record({ ...sent, parent_deployments: [parent] });
    await node(page, '1.3.0 in production-ap, Success, runs there now').waitFor();
    await page.close();
  });

  test('says of what came again to the same environment that it did, with a legend for its line', async () => {
    const again = { namespace: 'shop', service: 'again', version: '2.0.0' };
    const { deployment_id: first } = await server.client.record(report(again));
    await server.client.record(report({ ...again, parent_deployments: [first] }));
    const page = await openPage(context, '/projects/shop%2Fagain/lineage');
    await page.getByText('A dashed line leads to a deployment in the same environment').waitFor();
    await page.goto('/projects/shop%2Fagain/lineage?view=table');
    await page.getByText('production 2.0.0, the same environment').first().waitFor();
    await page.close();
  });

  test('says how a promotion is told where there is none', async () => {
    await server.client.record(report({ namespace: 'shop', service: 'lonely' }));
    const page = await openPage(context, '/projects/shop%2Flonely/lineage');
    await page.getByRole('heading', { name: 'No promotion yet' }).waitFor();
    const [record = '', curl = ''] = await page.locator('pre').allInnerTexts();
    expect(record).toContain(`SHIPLOG_URL=${server.url} shiplog record`);
    expect(record).toContain('--service lonely --environment production');
    expect(record).toContain('--parent staging-41');
    expect(curl).toContain('"parent_deployments"');
    await page.getByText('take a token that may record deployments from SHIPLOG_TOKEN').waitFor();
    await page.close();
  });

  test('is for those who may see the project', async () => {
    const { path } = await privateProject(server, 'vault/keys');
    const [member, stranger] = [await person(server, 'mia'), await person(server, 'sam')];
    await join(server, 'project', path, member, 'reporter');
    for (const [{ token }, seen] of [
      [member, 'No promotion yet'],
      [stranger, 'There is no such project here'],
    ] as const) {
      const theirs = await signedInContext(browser, { url: server.url, adminToken: token });
      const page = await openPage(theirs, '/projects/vault%2Fkeys/lineage');
      await page.getByText(seen).first().waitFor();
      await theirs.close();
    }
  });
});
