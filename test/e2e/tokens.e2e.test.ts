import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { group, join, type Person, person } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { focusedName, openPage, signedInContext } from './signed-in-page.ts';

const dayMs = 86_400_000;

let browser: Browser;
let server: TestServer;
let maintainer: Person;
let developer: Person;
let context: BrowserContext;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  maintainer = await person(server, 'mia.maintains', { name: 'Mia Maintains' });
  developer = await person(server, 'dana.deploys', { name: 'Dana Deploys' });
  context = await contextOf(maintainer.token);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const contextOf = (token: string) => signedInContext(browser, { url: server.url, adminToken: token });

let services = 0;
/** A project of its own, with one deployment, both people its members. */
async function project(): Promise<string> {
  services += 1;
  const service = `checkout-${services}`;
  await server.client.record(report({ namespace: 'acme', service, version: '1.0.0' }));
  await join(server, 'project', `acme/${service}`, maintainer, 'maintainer');
  await join(server, 'project', `acme/${service}`, developer, 'developer');
  return `acme/${service}`;
}

const tokensOf = (path: string) => `/projects/${encodeURIComponent(path)}/settings/tokens`;

/** Creates a token by the form as it is, but for the name; answers its secret. */
async function create(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'New token' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Create the token' }).click();
  return secretOf(page, name);
}

async function secretOf(page: Page, name: string): Promise<string> {
  return (
    (await page
      .getByRole('region', { name: `Token ${name}` })
      .locator('code')
      .textContent()) ?? ''
  );
}

const reads = async (token: string) => (await ask(server, 'GET /api/matrix', { token })).status;

describe('a maintainer', () => {
  test('makes a token of the project, sees its secret once, and puts it to use with the command beside it', async () => {
    const name = await project();
    const page = await openPage(context, tokensOf(name));
    await page.getByText('There is none yet').waitFor();
    const secret = await create(page, 'GitHub Actions');
    expect(secret).toMatch(/^slg_\w{38}$/);
    await expect.poll(() => focusedName(page)).toBe('Token GitHub Actions');
    const command = await page.locator('pre').textContent();
    expect(command).toContain(`SHIPLOG_URL=${server.url}`);
    expect(command).toContain(`--namespace acme --service ${name.slice(5)}`);
    const recorded = server.clientOf(secret).record(report({ namespace: 'acme', service: name.slice(5) }));
    await expect(recorded).resolves.toMatchObject({ namespace: 'acme' });
    const row = page.getByRole('row', { name: /GitHub Actions/ });
    await expect.poll(() => row.textContent()).toMatch(/record.*Developer.*in 12w/);

    await page.getByRole('button', { name: 'I have stored it' }).click();
    await expect.poll(() => page.locator('main').textContent()).not.toContain(secret);
    await expect.poll(() => focusedName(page)).toContain('New token');
    await page.reload();
    await row.waitFor();
    await expect.poll(() => page.locator('main').textContent()).not.toContain(secret);
    await page.close();
  });

  test('rotates a token: the old secret ends, the new one is shown', async () => {
    const page = await openPage(context, tokensOf(await project()));
    await page.getByRole('button', { name: 'New token' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Name').fill('Board');
    await form.getByRole('checkbox', { name: 'record' }).uncheck();
    await form.getByRole('checkbox', { name: 'read_api' }).check();
    await form.getByLabel('Access level').selectOption('Reporter');
    await form.getByRole('button', { name: 'Create the token' }).click();
    const old = await secretOf(page, 'Board');
    expect(await reads(old)).toBe(200);
    await page.getByRole('button', { name: 'Rotate Board' }).click();
    await page.getByRole('dialog').getByLabel('Expires').selectOption('on');
    await page.getByRole('button', { name: 'Rotate the token' }).click();
    await page.getByText('Choose a day.').waitFor();
    await page.getByLabel('Last day').fill('2099-01-31');
    await page.getByRole('button', { name: 'Rotate the token' }).click();
    await expect.poll(() => secretOf(page, 'Board')).not.toBe(old);
    expect([await reads(old), await reads(await secretOf(page, 'Board'))]).toEqual([401, 200]);
    await page.getByRole('row', { name: /Board.*2099/ }).waitFor();
    await page.close();
  });

  test('revokes a token after a question, and still finds it among those that were revoked', async () => {
    const page = await openPage(context, tokensOf(await project()));
    const secret = await create(page, 'Old pipeline');
    await page.getByRole('button', { name: 'Revoke Old pipeline' }).click();
    await page.getByRole('dialog').getByText('Old pipeline').waitFor();
    await page.getByRole('button', { name: 'Revoke the token' }).click();
    await page.getByText('The token Old pipeline is revoked.').waitFor();
    await page.getByText('There is none yet').waitFor();
    expect(await reads(secret)).toBe(401);
    await page.getByRole('button', { name: 'Show revoked tokens' }).click();
    await page.getByRole('row', { name: /Old pipeline/ }).waitFor();
    await expect.poll(() => page.url()).toContain('tokens=revoked');
    await expect.poll(() => page.getByRole('button', { name: /Rotate|Revoke/ }).count()).toBe(0);
    await page.close();
  });

  test('offers no level above the own one, and no scope to administer', async () => {
    const page = await openPage(context, tokensOf(await project()));
    await page.getByRole('button', { name: 'New token' }).click();
    const levels = page.getByRole('dialog').getByLabel('Access level').getByRole('option');
    await expect.poll(() => levels.allTextContents()).toEqual(['Reporter', 'Developer', 'Maintainer']);
    await expect.poll(() => page.getByRole('checkbox').count()).toBe(3);
    await page.close();
  });

  test('finds what was entered after a refusal and after a lost connection', async () => {
    const ends = new Date(Date.now() + 10 * dayMs).toISOString();
    const body = { name: 'short', scopes: ['api'], expires_at: ends };
    const short = await ask<{ token: string }>(server, 'POST /api/tokens', { token: maintainer.token, body });
    const own = await contextOf(short.body.token);
    const page = await openPage(own, tokensOf(await project()));
    await page.getByRole('button', { name: 'New token' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Name').fill('Long lasting');
    await form.getByRole('checkbox', { name: 'record' }).uncheck();
    await form.getByRole('button', { name: 'Create the token' }).click();
    await form.getByText('Choose at least one.').waitFor();
    await form.getByRole('checkbox', { name: 'record' }).check();
    await form.getByRole('button', { name: 'Create the token' }).click();
    await form.getByText(/no later than/).waitFor();
    await form.getByLabel('Expires').selectOption('7');
    await own.setOffline(true);
    await form.getByRole('button', { name: 'Create the token' }).click();
    await form.getByText('What you entered is still here.').waitFor();
    await own.setOffline(false);
    await expect.poll(() => form.getByLabel('Name').inputValue()).toBe('Long lasting');
    await form.getByRole('button', { name: 'Create the token' }).click();
    expect(await secretOf(page, 'Long lasting')).toMatch(/^slg_/);
    await own.close();
  });

  test('finds what was entered after a session that ended in the middle', async () => {
    const body = { name: 'for a session', scopes: ['api'] };
    const token = () =>
      ask<{ id: number; token: string }>(server, 'POST /api/tokens', { token: maintainer.token, body });
    const [first, second] = [(await token()).body, (await token()).body];
    const own = await contextOf(first.token);
    const page = await openPage(own, tokensOf(await project()));
    await page.getByRole('button', { name: 'New token' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Half typed');
    await ask(server, `DELETE /api/tokens/${first.id}`, { token: maintainer.token });
    await page.getByRole('button', { name: 'Create the token' }).click();
    const ended = page.getByRole('dialog', { name: 'Your session has ended' });
    await ended.getByRole('tab', { name: 'Token' }).click();
    await ended.getByLabel('Token', { exact: true }).last().fill(second.token);
    await ended.getByRole('button', { name: 'Sign in' }).click();
    await ended.waitFor({ state: 'detached' });
    await expect.poll(() => page.getByRole('dialog').getByLabel('Name').inputValue()).toBe('Half typed');
    await page.getByRole('button', { name: 'Create the token' }).click();
    expect(await secretOf(page, 'Half typed')).toMatch(/^slg_/);
    await own.close();
  });

  test('makes a token of a group, which others there do not see', async () => {
    await group(server, 'acme');
    await join(server, 'group', 'acme', maintainer, 'maintainer');
    const page = await openPage(context, '/settings/groups/acme');
    const secret = await create(page, 'All pipelines');
    await page.getByRole('row', { name: /All pipelines.*Bot of a token/ }).waitFor();
    await expect(server.clientOf(secret).record(report({ namespace: 'acme', service: 'any' }))).resolves.toBeDefined();
    await page.close();
    const others = await contextOf(developer.token);
    const theirs = await openPage(others, '/settings/groups/acme');
    await theirs.getByRole('heading', { name: 'Members' }).waitFor();
    await expect.poll(() => theirs.getByRole('heading', { name: 'Tokens' }).count()).toBe(0);
    await others.close();
  });
});

describe('anybody', () => {
  test('makes and revokes a token of their own by the keyboard alone', async () => {
    const own = await contextOf(developer.token);
    const page = await openPage(own, '/settings/tokens');
    const row = page.getByRole('row', { name: /My script/ });
    const to = async (name: string | RegExp) => {
      await expect
        .poll(
          async () => {
            await page.keyboard.press('Tab');
            return focusedName(page);
          },
          { interval: 20 },
        )
        .toMatch(name);
    };
    await page.getByRole('row', { name: /test/ }).waitFor();
    await to(/New token/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').locator('input:focus').waitFor();
    await page.keyboard.type('My script');
    await page.keyboard.press('Enter');
    await row.waitFor();
    await expect.poll(() => focusedName(page)).toBe('Token My script');
    await to('I have stored it');
    await page.keyboard.press('Enter');
    await to('Revoke My script');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await to('Revoke the token');
    await page.keyboard.press('Enter');
    await row.waitFor({ state: 'detached' });
    await expect.poll(() => focusedName(page)).toContain('New token');
    await own.close();
  });

  test('who is no maintainer reads why the tokens of a project are not shown', async () => {
    const own = await contextOf(developer.token);
    const page = await openPage(own, tokensOf(await project()));
    await page.getByRole('heading', { name: 'Only maintainers of the project see the tokens' }).waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'New token' }).count()).toBe(0);
    await own.close();
  });
});
