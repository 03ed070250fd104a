import { tmpdir } from 'node:os';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { type Person, person, privateProject } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { holdBack } from './page-controls.ts';
import { focusedName, openPage, signedInContext, slotCell, telephone } from './signed-in-page.ts';
import { connect, projectWithGit, type TrackedProject, trackProject } from './tracked-project.ts';

let browser: Browser;
let server: TestServer;
let orders: TrackedProject;
let stranger: Person;
let context: BrowserContext;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer({ repositoryPaths: [tmpdir()] })]);
  orders = await trackProject(server, 'commerce/orders');
  stranger = await person(server, 'sam.strange', { name: 'Sam Strange' });
  context = await signedInContext(browser, server);
});
afterAll(async () => {
  await browser?.close();
  await orders?.[Symbol.asyncDispose]();
  await server?.stop();
});

const changes = (page: Page) => page.getByRole('list', { name: 'Changes, latest first' }).getByRole('listitem');
const rung = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Where it is' }).getByRole('listitem').filter({ hasText: name });

describe('somebody who looks for a change', () => {
  test('finds it by its number, and sees that what is shown is not what was asked for yet', async () => {
    const page = await openPage(context, '/changes?project=commerce/orders');
    await expect.poll(() => changes(page).count()).toBe(6);
    const letGo = await holdBack(page, '/api/changes', (request) => request.url().includes('search='));
    await page.getByRole('searchbox', { name: 'Search changes' }).fill('!3');
    const outdated = page.locator('[aria-busy=true]').filter({ has: changes(page).first() });
    await outdated.waitFor();
    await expect.poll(() => changes(page).count()).toBe(6);
    letGo();
    await expect.poll(() => changes(page).count()).toBe(1);
    await changes(page).filter({ hasText: '!3' }).waitFor();
    await outdated.waitFor({ state: 'detached' });
    await page.close();
  });

  test('reads in the list where it is, and on its page by which deployment it came and went', async () => {
    const page = await openPage(context, '/changes?project=commerce/orders');
    await changes(page).first().waitFor();
    await expect.poll(() => changes(page).count()).toBe(6);
    const third = changes(page).filter({ hasText: '!3' });
    await expect.poll(() => third.innerText()).toMatch(/Retry the payment once the bank answers 503[\s\S]*Merged/);
    await third.getByText('no longer live').waitFor();
    await third.getByRole('link').click();

    await page.waitForURL('**/changes/commerce%2Forders/3');
    await page.getByRole('heading', { level: 1, name: '!3 Retry the payment' }).waitFor();
    await rung(page, 'staging').getByText('Live', { exact: true }).waitFor();
    await expect.poll(() => rung(page, 'staging').innerText()).toContain('first with 1.2.0');
    await expect
      .poll(() => rung(page, 'production').innerText())
      .toMatch(/No longer live[\s\S]*first with 1\.2\.0[\s\S]*taken out by 1\.1\.0/);

    await rung(page, 'production').getByRole('button', { name: '1.1.0 in production' }).click();
    const drawer = page.getByRole('dialog', { name: 'commerce/orders in production' });
    const takesOut = drawer.getByRole('region', { name: 'Takes out' });
    await expect.poll(() => takesOut.innerText()).toContain('!3');
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    await expect.poll(() => page.url()).not.toContain('slot=');
    await page.close();
  });

  test('sees what was reverted, and what no deployment has shipped', async () => {
    const page = await openPage(context, '/changes/commerce%2Forders/5');
    await rung(page, 'staging').getByText('Reverted', { exact: true }).waitFor();
    await expect.poll(() => rung(page, 'staging').innerText()).toMatch(/first with 1\.3\.0[\s\S]*reverted by 1\.3\.1/);
    await expect.poll(() => rung(page, 'production').innerText()).toContain('Not there yet');
    await page.goto('/changes/commerce%2Forders/6');
    await rung(page, 'staging').getByText('Not there yet').waitFor();
    await page.goto('/changes/commerce%2Forders/99');
    await page.getByRole('heading', { name: 'There is no such change here' }).waitFor();
    await page.close();
  });

  test('filters by what the URL keeps, and goes through the list by the arrows', async () => {
    const page = await openPage(context, '/changes');
    await page.getByRole('button', { name: 'Project' }).click();
    await page.getByRole('combobox', { name: 'Find project' }).fill('orders');
    await page.getByRole('option', { name: 'commerce/orders' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Environment' }).click();
    await page.getByRole('option', { name: 'production' }).click();
    await expect.poll(() => changes(page).count()).toBe(2);
    await page.keyboard.press('/');
    await expect.poll(() => focusedName(page)).toBe('Search changes');
    await page.keyboard.type('retry');
    await expect.poll(() => changes(page).count()).toBe(1);
    await expect.poll(() => page.url()).toContain('/changes?project=commerce/orders&environment=production&q=retry');
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await expect.poll(() => changes(page).count()).toBe(6);
    await page.getByRole('button', { name: 'Author' }).click();
    await page.getByRole('combobox', { name: 'Find author' }).fill('Rosa Reviews');
    await page.keyboard.press('Enter');
    await expect.poll(() => changes(page).count()).toBe(1);
    await page.goto('/changes?project=no/such');
    await page.getByRole('heading', { name: 'There is no such project here' }).waitFor();
    await page.goto('/changes');
    await changes(page).first().getByRole('link').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Where it is' }).waitFor();
    await expect.poll(() => page.url()).toMatch(/\/changes\/commerce%2Forders\/\d$/);
    await page.close();
  });

  test('asks what came to an environment on some days', async () => {
    const page = await openPage(context, '/changes?environment=staging');
    await expect.poll(() => changes(page).count()).toBe(4);
    await page.getByRole('button', { name: 'Deployed' }).click();
    const { ladder } = await server.client.change('commerce/orders', 3);
    const day = new Date(ladder.find(({ environment }) => environment === 'staging')?.first?.at ?? 0);
    const text = [day.getFullYear(), day.getMonth() + 1, day.getDate()]
      .map((part) => String(part).padStart(2, '0'))
      .join('-');
    await page.getByLabel('From').fill(text);
    await expect.poll(() => page.url()).toContain(`from=${text}`);
    await page.getByLabel('Until').fill(text);
    await expect.poll(() => changes(page).count()).toBe(1);
    await expect.poll(() => changes(page).innerText()).toContain('!3');
    await page.close();
  });

  test('is led there from the search by a number, a sha or a version', async () => {
    const page = await openPage(context, '/activity');
    await page.getByRole('article').first().waitFor();
    const search = async (text: string) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill(text);
    };
    // At once, before the server has answered.
    await search('!4');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/changes/commerce%2Forders/4');

    const sha = await orders.git.git('rev-parse', 'main');
    await search(sha.slice(0, 9));
    await page
      .getByRole('option', { name: new RegExp(sha.slice(0, 7)) })
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await search('!4');
    const found = page.getByRole('option', { name: /!4/ }).first();
    await expect.poll(() => found.innerText()).toMatch(/^commerce\/orders\s+!4 Show the delivery date/);
    await page.keyboard.press('Escape');
    await search('1.3.1');
    await page.getByRole('option', { name: /1\.3\.1.*live in staging/ }).click();
    await page.getByRole('dialog', { name: 'commerce/orders in staging' }).waitFor();
    await page.close();
  });

  test('sees it on a telephone without scrolling aside', async () => {
    const phone = await signedInContext(browser, server, { viewport: telephone });
    for (const path of ['/changes', '/changes?view=waiting', '/changes/commerce%2Forders/3']) {
      const page = await openPage(phone, path);
      await page.getByText('!3').first().waitFor();
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
        .toBeLessThanOrEqual(telephone.width);
      await page.close();
    }
    const page = await openPage(phone, '/');
    const slot = (environment: string) => page.getByRole('button', { name: `commerce/orders in ${environment}` });
    await slot('production')
      .getByText(/^\d+( commits)? behind/)
      .waitFor();
    await slot('production').getByText('Success').waitFor();
    await phone.close();
  });
});

describe('a release manager', () => {
  test('sees what waits in staging, the oldest first', async () => {
    const page = await openPage(context, '/changes?project=commerce/orders');
    await expect.poll(() => changes(page).filter({ hasText: '!2' }).innerText()).toMatch(/staging\s+live\s+4d ago/);
    await page.getByRole('link', { name: 'Waiting' }).click();
    const waiting = page
      .getByRole('list', { name: 'Waiting for the next environment, oldest first' })
      .getByRole('listitem');
    await expect.poll(() => waiting.count()).toBe(2);
    await expect.poll(() => waiting.first().innerText()).toMatch(/!3[\s\S]*staging[\s\S]*production[\s\S]*waits \d+d/);
    await expect.poll(() => waiting.last().innerText()).toContain('!4');
    // In colour only after a week.
    const wait = waiting.first().getByText('waits').locator('time');
    const colour = (element: Element) => getComputedStyle(element).color;
    const alarming = await waiting.first().getByText('no longer live').evaluate(colour);
    await expect.poll(() => wait.evaluate(colour)).not.toBe(alarming);
    await page.clock.install({ time: Date.now() + 8 * 86_400_000 });
    await page.reload();
    await expect.poll(() => wait.evaluate(colour)).toBe(alarming);
    expect(page.url()).toContain('view=waiting');
    await page.close();
  });

  test('sees in the matrix how far production is behind, in commits and changes', async () => {
    const page = await openPage(context, '/');
    const cell = slotCell(page, 'commerce/orders in production');
    await cell.getByText(/^\d+ commits · 2 changes behind/).waitFor();
    await expect.poll(() => cell.getAttribute('aria-label')).toMatch(/\d+ commits and 2 changes behind staging/);
    await page.close();
  });

  test('reads of each deployment what it ships, or that it is the first', async () => {
    const page = await openPage(context, '/?slot=commerce/orders@staging');
    const drawer = page.getByRole('dialog', { name: 'commerce/orders in staging' });
    await drawer.getByRole('region', { name: 'Reverts' }).getByText('!5').waitFor();
    await drawer.getByRole('button', { name: /^1\.2\.0/ }).click();
    await drawer.getByRole('region', { name: 'Ships' }).getByText('!3').waitFor();
    await drawer
      .getByRole('button', { name: /commits$/ })
      .last()
      .click();
    await drawer.getByText('Retry the payment once the bank answers 503', { exact: true }).last().waitFor();
    await drawer.getByRole('button', { name: /^1\.0\.0/ }).click();
    await drawer.getByText('The first deployment here.').waitFor();
    await page.close();
  });

  test('sees a change arrive, and go by a rollback, without loading the page anew', async () => {
    await using live = await projectWithGit(server, 'commerce/live');
    const first = await live.merge(1, 'Begin');
    const second = await live.merge(2, 'Sort the list');
    await live.deploy('production', '1.0.0', first, 60);
    await connect(server.client, live);
    const page = await context.newPage();
    // What is asked for by the clock, each 20 seconds, would be there some time, too.
    await page.addInitScript(() => {
      const begin = window.setInterval;
      Reflect.set(window, 'setInterval', (run: () => void, ms: number) => (ms < 20_000 ? begin(run, ms) : 0));
    });
    await page.goto('/changes/commerce%2Flive/2');
    await rung(page, 'production').getByText('Not there yet').waitFor();
    await page.getByRole('status', { name: 'Live updates: live' }).waitFor();
    await page.evaluate(() => Object.assign(window, { same: true }));
    await live.deploy('production', '1.1.0', second, 2);
    await rung(page, 'production').getByText('Live', { exact: true }).waitFor();
    await live.deploy('production', '1.0.0', first, 1);
    await rung(page, 'production').getByText('No longer live').waitFor();
    await expect.poll(() => page.evaluate(() => 'same' in window)).toBe(true);
    await page.close();
  });
});

test('a long title is cut on a telephone until the whole is asked for, a draft says so, and so does who merged', async () => {
  const title = 'Draft: say everything that there is to say '.repeat(8).trim();
  await server.client.record(report({ namespace: 'commerce', service: 'drafts' }));
  const tell = async (body: object) => {
    const answer = await fetch(`${server.url}/api/v4/projects/commerce%2Fdrafts/merge_requests`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(201);
  };
  const branches = { source_branch: 'work', target_branch: 'main' };
  await tell({ ...branches, iid: 1, title, draft: true });
  const people = { merged_by_username: 'Ann', author_username: 'Tom Toda' };
  const merged = { state: 'merged', created_at: '2026-01-02T10:00:00Z', merged_at: '2026-01-03T10:00:00Z', ...people };
  await tell({ ...branches, iid: 2, title: 'Done', ...merged });
  const phone = await signedInContext(browser, server, { viewport: telephone });
  const page = await openPage(phone, '/changes?project=commerce/drafts');
  await changes(page).filter({ hasText: '!1' }).getByText('Draft', { exact: true }).waitFor();
  await changes(page).filter({ hasText: '!2' }).getByText('Merged').waitFor();
  await page.goto('/changes/commerce%2Fdrafts/1');
  const shown = page.locator('header p[aria-hidden]');
  const height = async () => (await shown.boundingBox())?.height;
  await expect.poll(height).toBeLessThanOrEqual(4 * 28);
  await page.getByRole('button', { name: 'Show the whole title' }).click();
  await expect.poll(height).toBeGreaterThan(4 * 28);
  await page.goto('/changes/commerce%2Fdrafts/2');
  await page.getByText('merged by Ann · author Tom Toda').waitFor();
  await phone.close();
});

test('a deployment of a commit that nobody knows says that what it ships is unknown, and why', async () => {
  await using odd = await projectWithGit(server, 'commerce/odd');
  const first = await odd.merge(1, 'Begin');
  await odd.deploy('staging', '1.0.0', first, 60);
  await connect(server.client, odd);
  await odd.deploy('production', '9.9.9', 'f'.repeat(40), 5);
  const page = await openPage(context, '/?slot=commerce/odd@production');
  const part = page.getByRole('dialog').getByRole('region', { name: 'Changes' });
  await part.getByText('What it ships is unknown.').waitFor();
  await expect.poll(() => part.innerText()).toMatch(/unknown\. \S+/);
  await page.goto('/changes/commerce%2Fodd/1');
  await rung(page, 'production').getByText('Unknown', { exact: true }).waitFor();
  await page.close();
});

test('without a repository the page says what one would add, and leads to where it is connected', async () => {
  await server.client.record(report({ namespace: 'commerce', service: 'bare' }));
  const page = await openPage(context, '/changes?project=commerce/bare');
  await page.getByRole('heading', { name: 'Where is my change?' }).waitFor();
  await page.getByText('curl -X PUT').waitFor();
  await page.getByRole('link', { name: 'Connect its repository' }).click();
  await page.getByRole('heading', { name: 'No repository yet' }).waitFor();
  await page.close();
});

test('without a repository whoever does not maintain the project is told whom to ask, and gets no command', async () => {
  await server.client.record(report({ namespace: 'commerce', service: 'bare' }));
  const theirs = await signedInContext(browser, { url: server.url, adminToken: stranger.token });
  const page = await openPage(theirs, '/changes?project=commerce/bare');
  await page.getByText('Ask a maintainer of commerce/bare to connect its repository').waitFor();
  await expect.poll(() => page.getByText('curl -X PUT').count()).toBe(0);
  await expect.poll(() => page.getByRole('link', { name: 'Connect its repository' }).count()).toBe(0);
  await theirs.close();
});

test('who may not see a project reads nothing of its changes', async () => {
  const { path } = await privateProject(server, 'secret/plans');
  await using plans = await projectWithGit(server, path);
  const sha = await plans.merge(7, 'Buy the competitor');
  await plans.deploy('production', '1.0.0', sha, 10);
  await connect(server.client, plans);
  const theirs = await signedInContext(browser, { url: server.url, adminToken: stranger.token });
  const page = await openPage(theirs, '/changes');
  await changes(page).first().waitFor();
  await expect.poll(() => changes(page).count()).toBeGreaterThan(5);
  await expect.poll(() => page.getByText('Buy the competitor').count()).toBe(0);
  await page.goto('/changes/secret%2Fplans/7');
  await page.getByRole('heading', { name: 'There is no such change here' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('Buy the competitor');
  await page.getByRole('option', { name: 'Search all activity' }).waitFor();
  await expect.poll(() => page.getByRole('option').count()).toBe(1);
  // Enter waits for what the server finds, and goes to the first of it.
  await page.keyboard.press('Enter');
  await page.waitForURL('**/activity?q=Buy+the+competitor');
  await theirs.close();
});
