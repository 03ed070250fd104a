import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { pressInTurn } from './page-controls.ts';
import { approvers, askToDeploy, protectProduction, type Team, team } from './protected-lane.ts';
import { openPage, signedInContext, slotCell, telephone } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;
let people: Team;
let approver: BrowserContext;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  people = await team(server);
  approver = await signedInContext(browser, { url: server.url, adminToken: people.approver.token });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

let services = 0;
/** A service of its own whose production waits for the approver. */
async function protectedLane() {
  services += 1;
  const lane = { namespace: 'acme', service: `checkout-${services}` };
  await protectProduction(server, lane, [{ user_id: people.approver.id }]);
  return { ...lane, path: `acme/${lane.service}` };
}

const entry = (page: Page, path: string) => page.getByRole('article', { name: `${path} to production` });
const live = (page: Page) => page.getByRole('status', { name: 'Live updates: live', includeHidden: true }).waitFor();

async function decide(page: Page, from: ReturnType<typeof entry>, word: 'Approve' | 'Reject', comment?: string) {
  await from.getByRole('button', { name: word }).click();
  if (comment !== undefined) await page.getByLabel('Comment').fill(comment);
  await page.getByRole('dialog').getByRole('button', { name: word }).click();
}

describe('the inbox', () => {
  test('fills live; what is approved there leaves it, and the matrix of others shows it running', async () => {
    const lane = await protectedLane();
    const inbox = await openPage(approver, '/inbox');
    await inbox.getByRole('heading', { name: 'Nothing waits for you' }).waitFor();
    await live(inbox);
    const deployer = await signedInContext(browser, { url: server.url, adminToken: people.deployer.token });
    const matrix = await openPage(deployer, '/');
    await askToDeploy(server, people.deployer, lane, '2.0.0');
    await slotCell(matrix, `${lane.path} in production: 2.0.0, waiting`).waitFor();
    await inbox.getByRole('link', { name: 'Inbox 1 waiting' }).waitFor();
    const item = entry(inbox, lane.path);
    await expect
      .poll(() => item.innerText())
      .toMatch(/2\.0\.0[\s\S]*dana\.deploys asked[\s\S]*Ada Approves[\s\S]*0 of 1/);

    await decide(inbox, item, 'Approve');
    await slotCell(matrix, `${lane.path} in production: 2.0.0, in-progress`).waitFor();
    await item.waitFor({ state: 'hidden' });
    await inbox.getByText(`You approved ${lane.path} 2.0.0 in production. It may go now.`).waitFor();
    await expect.poll(() => inbox.locator('main:focus').count()).toBe(1);
    await inbox.getByRole('link', { name: 'Inbox', exact: true }).waitFor();
    await inbox.getByRole('link', { name: /^Deployment #/ }).click();
    await inbox.getByRole('article', { name: `${lane.path} 2.0.0 in production` }).waitFor();
    await inbox.close();
    await deployer.close();
  });

  test('a rejection with a comment is told to whoever asked, in the drawer that they have open', async () => {
    const lane = await protectedLane();
    await askToDeploy(server, people.deployer, lane, '3.0.0');
    const deployer = await signedInContext(browser, { url: server.url, adminToken: people.deployer.token });
    const drawer = await openPage(deployer, `/?slot=${lane.path}@production`);
    const approvals = drawer.getByRole('region', { name: 'Approvals' });
    await approvals.getByText('You began this deployment, so somebody else must approve it.').waitFor();
    await expect.poll(() => approvals.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await live(drawer);

    const inbox = await openPage(approver, '/inbox');
    await decide(inbox, entry(inbox, lane.path), 'Reject', 'Not before the migration is through.');
    await approvals.getByText('Not before the migration is through.').waitFor();
    await expect.poll(() => approvals.innerText()).toMatch(/Rejected[\s\S]*Ada Approves rejected just now/);
    expect(await server.client.matrix({ service: lane.service })).toMatchObject({
      rows: [{ slots: { production: { current: { status: 'failure' } } } }],
    });
    await inbox.close();
    await deployer.close();
  });

  test('keeps the comment when somebody else was first, and when the server does not answer', async () => {
    const lane = await protectedLane();
    const number = await askToDeploy(server, people.deployer, lane, '4.0.0');
    const page = await openPage(approver, '/inbox');
    const item = entry(page, lane.path);
    await page.route('**/api/approvals/*', (route) => route.abort());
    await decide(page, item, 'Approve', 'Looks good.');
    const form = page.getByRole('dialog', { name: `Approve ${lane.path} 4.0.0 in production` });
    await form.getByRole('alert').getByText('The server cannot be reached.').waitFor();
    await expect.poll(() => form.getByLabel('Comment').inputValue()).toBe('Looks good.');
    await page.unroute('**/api/approvals/*');

    await server.client.decide(number, { decision: 'reject', comment: 'Too early.' });
    await item.getByText('It no longer waits for you').waitFor();
    await form
      .getByRole('status')
      .getByText(/rejected it: “Too early\.”$/)
      .waitFor();
    await expect.poll(() => form.getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true);
    await expect.poll(() => form.getByLabel('Comment').inputValue()).toBe('Looks good.');
    await page.keyboard.press('Escape');
    await item.waitFor({ state: 'hidden' });
    await page.close();
  });

  test('says what runs there, and who started it rather than whose token told of it', async () => {
    const lane = await protectedLane();
    const { namespace, service } = lane;
    await server.client.record(report({ namespace, service, version: '4.4.0' }));
    const asked = { namespace, service, status: 'waiting', version: '4.5.0' } as const;
    await server.clientOf(people.deployer.token).record(report({ ...asked, actor: 'dependency-bot' }));
    const page = await openPage(approver, '/inbox');
    const item = entry(page, lane.path);
    await item.getByText('Replaces 4.4.0', { exact: true }).waitFor();
    await expect.poll(() => item.innerText()).toMatch(/dependency-bot asked .*, reported by dana\.deploys/);
    await page.close();
  });

  test('is reached by keys and by the search, and opens the slot of what waits', async () => {
    const lane = await protectedLane();
    await askToDeploy(server, people.deployer, lane, '5.0.0');
    const page = await openPage(approver, '/');
    await slotCell(page, `${lane.path} in production`).waitFor();
    await pressInTurn(page, 'g', 'i');
    await entry(page, lane.path)
      .getByRole('button', { name: `${lane.path} to production` })
      .click();
    await page.getByRole('dialog', { name: `${lane.path} in production` }).waitFor();
    expect(page.url()).toBe(`${server.url}/inbox?slot=${lane.path}@production`);
    await page.goto('/');
    await slotCell(page, `${lane.path} in production`).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('inbox');
    await page.getByRole('option', { name: /Inbox/ }).first().click();
    await entry(page, lane.path).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Go to the inbox').waitFor();
    await page.close();
  });

  test('works on a telephone', async () => {
    const [lane, other] = [await protectedLane(), await protectedLane()];
    for (const each of [other, lane]) await askToDeploy(server, people.deployer, each, '6.0.0');
    const context = await signedInContext(
      browser,
      { url: server.url, adminToken: people.approver.token },
      { viewport: telephone },
    );
    const page = await openPage(context, '/inbox');
    await entry(page, lane.path).getByRole('button', { name: 'Approve' }).waitFor();
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    await expect.poll(() => width()).toBe(telephone.width);
    await entry(page, other.path).waitFor();
    await decide(page, entry(page, lane.path), 'Approve', 'From the train.');
    await entry(page, lane.path).waitFor({ state: 'hidden' });
    await expect.poll(() => page.locator('article:focus-within').count()).toBe(1);
    await expect.poll(() => width()).toBe(telephone.width);
    await context.close();
  });
});

describe('who may not decide', () => {
  test('sees what is missing and what was said, and no buttons', async () => {
    const lane = await protectedLane();
    const id = await approvers(server, 'release-board', [people.approver]);
    await protectProduction(server, { ...lane, service: `${lane.service}-board` }, [
      { group_id: id, required_approvals: 2 },
    ]);
    const board = { ...lane, service: `${lane.service}-board` };
    const number = await askToDeploy(server, people.deployer, board, '7.0.0');
    await server.clientOf(people.approver.token).decide(number, { decision: 'approve', comment: 'Half of it.' });
    const reader = await signedInContext(browser, { url: server.url, adminToken: people.reader.token });
    const page = await openPage(reader, `/?slot=${lane.path}-board@production`);
    const approvals = page.getByRole('region', { name: 'Approvals' });
    await approvals.getByText('Waits for 1 approval', { exact: true }).waitFor();
    await expect
      .poll(() => approvals.innerText())
      .toMatch(/release-board[\s\S]*1 of 2[\s\S]*Ada Approves approved[\s\S]*Half of it\./);
    await expect.poll(() => approvals.getByRole('button').count()).toBe(0);
    await page.goto('/inbox');
    await page.getByRole('heading', { name: 'Nothing waits for you' }).waitFor();
    // A reader protects nothing: no command asks them to.
    await expect.poll(() => page.locator('pre').count()).toBe(0);
    await reader.close();
  });

  test('a session that may only read shows what waits for its user, and no buttons', async () => {
    const lane = await protectedLane();
    await askToDeploy(server, people.deployer, lane, '7.5.0');
    const { token } = await server.clientOf(people.approver.token).createToken({ name: 'reads', scopes: ['read_api'] });
    const context = await signedInContext(browser, { url: server.url, adminToken: token ?? '' });
    const page = await openPage(context, '/inbox');
    await entry(page, lane.path).getByText('This session may only read.').waitFor();
    await expect
      .poll(() =>
        entry(page, lane.path)
          .getByRole('button', { name: /Approve|Reject/ })
          .count(),
      )
      .toBe(0);
    await context.close();
  });
});

test('what went without its approvals is marked in the matrix, the drawer and the activity', async () => {
  const lane = await protectedLane();
  const { namespace, service, path } = lane;
  await server.client.record(report({ namespace, service, version: '8.0.0' }));
  const page = await openPage(approver, '/');
  const cell = slotCell(page, `${path} in production: 8.0.0, success, unapproved`);
  await cell.getByRole('img', { name: 'Unapproved' }).waitFor();
  await cell.click();
  const newest = page.getByRole('region', { name: 'History' }).getByRole('listitem').first();
  await newest.getByText('Unapproved').waitFor();
  await newest.getByRole('region', { name: 'Approvals' }).getByText('1 approval missing').waitFor();
  await page.goto(`/activity?service=${service}&environment=production`);
  await page.getByRole('article').first().getByText('Unapproved').waitFor();
  await page.close();
});
