import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { join, type Level, type Person, person } from '../support/people.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { contextOf, focusedName, openPage, slotCell, telephone } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;
let receiver: Receiver;
let people: Record<'maintainer' | 'developer', Person>;
let context: BrowserContext;

beforeAll(async () => {
  [browser, server, receiver] = await Promise.all([
    launchBrowser(),
    startTestServer({ webhookAllowedHosts: ['127.0.0.1'] }),
    startReceiver(),
  ]);
  people = {
    maintainer: await person(server, 'mia.maintains', { name: 'Mia Maintains' }),
    developer: await person(server, 'dana.deploys', { name: 'Dana Deploys' }),
  };
  context = await contextOf(browser, server, people.maintainer);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await receiver?.[Symbol.asyncDispose]();
});

let services = 0;
/** A project of its own, with one deployment, both people its members. */
async function project(): Promise<string> {
  services += 1;
  const service = `checkout-${services}`;
  await server.client.record(report({ namespace: 'acme', service, version: '1.0.0' }));
  for (const level of ['maintainer', 'developer'] as const satisfies readonly Level[])
    await join(server, 'project', `acme/${service}`, people[level], level);
  return `acme/${service}`;
}

const hooksOf = (path: string) => `/projects/${encodeURIComponent(path)}/settings/hooks`;

async function fill(page: Page, url: string, secret?: string) {
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: 'URL' }).fill(url);
  if (secret !== undefined) await form.getByLabel(/^Secret/).fill(secret);
  return form;
}

/** A webhook of a new project, made by the API. */
async function hookedProject(path: string) {
  const name = await project();
  const url = `${receiver.url}${path}`;
  const { id } = await server.client.createHook({ project: name, url, shape: 'gitlab', topics: ['deployment'] });
  return { name, url, id };
}

/** What came to a path of the receiver. */
const received = (path: string) => receiver.received.filter((request) => request.path === path);

describe('a maintainer', () => {
  test('is led from the slot to the first webhook, and creates one whose secret is never shown', async () => {
    const name = await project();
    const page = await openPage(context, `/?slot=${name}@production`);
    await page.getByRole('link', { name: `Webhooks of ${name}` }).click();
    await page.waitForURL(`${server.url}${hooksOf(name)}`);
    await page.getByRole('heading', { name: 'No webhook yet' }).waitFor();
    await page.getByRole('button', { name: 'Create a webhook' }).click();
    const form = await fill(page, 'http://10.0.0.1/hook', 'not for eyes');
    await form.getByRole('radio', { name: 'GitLab' }).check();
    await form.getByRole('button', { name: 'Create the webhook' }).click();
    await expect.poll(() => form.getByRole('textbox', { name: 'URL' }).getAttribute('aria-invalid')).toBe('true');
    await fill(page, `${receiver.url}/first`);
    await form.getByRole('textbox', { name: 'URL' }).press('Enter');
    // That is said for a few seconds alone.
    await page.getByText(`The webhook to ${receiver.url}/first is saved.`).waitFor();
    const hook = page.getByRole('article', { name: `${receiver.url}/first` });
    await hook.getByText('with a secret').waitFor();
    await expect.poll(() => hook.innerText()).toMatch(/GitLab · Deployments · with a secret[\s\S]*Nothing sent yet/);
    await expect.poll(() => focusedName(page)).toBe(`Webhooks of ${name}`);
    expect(await page.content()).not.toContain('not for eyes');

    await server.client.record(report({ namespace: 'acme', service: name.slice(5), version: '1.1.0' }));
    await hook.getByText('Delivered').waitFor();
    expect(received('/first')[0]?.headers['x-gitlab-token']).toBe('not for eyes');
    await page.close();
  });

  test('tests it, sees the failed delivery, and sends it again once the receiver is mended', async () => {
    const { name, url } = await hookedProject('/broken');
    const respond = receiver.answer;
    receiver.answer = (response) => void response.writeHead(500).end('the disk is full');
    const page = await openPage(context, hooksOf(name));
    const hook = page.getByRole('article', { name: url });
    await hook.getByRole('button', { name: 'Test' }).click();
    await hook.getByRole('status').getByText('Failed').waitFor();
    await expect.poll(() => hook.getByRole('status').innerText()).toMatch(/500 in \d+ ms/);
    await hook.getByRole('button', { name: 'Show it' }).click();

    const log = page.getByRole('dialog', { name: `Deliveries to ${url}` });
    await log.getByRole('region', { name: 'Response' }).getByText('the disk is full').waitFor();
    await expect
      .poll(() => log.getByRole('region', { name: 'Request' }).innerText())
      .toContain('"object_kind": "deployment"');
    const deliveries = log.getByRole('list', { name: 'Deliveries, newest first' }).getByRole('listitem');
    await expect.poll(() => deliveries.count()).toBe(1);
    receiver.answer = respond;
    await log.getByRole('button', { name: 'Redeliver' }).click();
    await expect.poll(() => deliveries.count()).toBe(2);
    await deliveries.first().getByRole('button', { expanded: true }).getByText('Delivered').waitFor();
    await log.getByRole('region', { name: 'Response' }).getByText('thanks').waitFor();
    const [first, second] = received('/broken');
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);

    await log.getByRole('button', { name: 'Outcome' }).click();
    await page.getByRole('menuitemradio', { name: 'Failed' }).click();
    await expect.poll(() => deliveries.count()).toBe(1);
    expect(page.url()).toMatch(/\?hook=\d+&status=failure$/);
    await page.reload();
    await deliveries.first().getByText('Failed').waitFor();
    await page.keyboard.press('Escape');
    await log.waitFor({ state: 'hidden' });
    await page.close();
  });

  test('changes one, which keeps its secret, and deletes it after being asked', async () => {
    const { name, url, id } = await hookedProject('/changed');
    await server.client.updateHook(id, { secret: 'kept' });
    const page = await openPage(context, hooksOf(name));
    const hook = page.getByRole('article', { name: url });
    await hook.getByRole('button', { name: `Change ${url}` }).click();
    const form = page.getByRole('dialog', { name: 'Change the webhook' });
    await form.getByText('It has one, which is kept and never shown.').waitFor();
    await form.getByRole('checkbox', { name: 'Active' }).uncheck();
    await form.getByRole('checkbox', { name: 'Approvals', exact: true }).check();
    await form.getByRole('button', { name: 'Save' }).click();
    await hook.getByText('Paused').waitFor();
    expect(await server.client.hook(id)).toMatchObject({
      active: false,
      has_secret: true,
      topics: ['deployment', 'approval'],
    });

    await hook.getByRole('button', { name: `Delete ${url}` }).click();
    const question = page.getByRole('dialog', { name: 'Delete the webhook?' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => focusedName(page)).toBe(`Delete ${url}`);
    await page.keyboard.press('Enter');
    await question.getByRole('button', { name: 'Delete the webhook' }).click();
    await page.getByText('The webhook is deleted.').waitFor();
    await hook.waitFor({ state: 'hidden' });
    await expect.poll(() => focusedName(page)).toBe(`Webhooks of ${name}`);
    await page.getByRole('heading', { name: 'No webhook yet' }).waitFor();
    expect(await server.client.hooks(name)).toEqual({ items: [] });
    await page.close();
  });

  test("changes one that GitHub's API made, which keeps the events it asks for", async () => {
    const name = await project();
    const url = `${receiver.url}/of-events`;
    const at = `/repos/${name}/hooks` as const;
    const body = { events: ['deployment', 'push'], config: { url, content_type: 'json' } };
    const { id } = (await ask<{ id: number }>(server, `POST ${at}`, { body })).body;
    const page = await openPage(context, hooksOf(name));
    const hook = page.getByRole('article', { name: url });
    await hook.getByRole('button', { name: `Change ${url}` }).click();
    const form = page.getByRole('dialog', { name: 'Change the webhook' });
    await form.getByRole('checkbox', { name: 'Active' }).uncheck();
    await form.getByRole('button', { name: 'Save' }).click();
    await hook.getByText('Paused').waitFor();
    expect((await ask(server, `GET ${at}/${id}`)).body).toMatchObject({
      active: false,
      events: ['deployment', 'push'],
    });
    await page.close();
  });

  test('finds the webhooks of a project by the search, and of one in the activity', async () => {
    const { name, url } = await hookedProject('/found');
    const page = await openPage(context, '/');
    await slotCell(page, `${name} in production`).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill(`${name} webhooks`);
    await page.getByRole('option', { name: new RegExp(`^Webhooks of ${name}`) }).click();
    await page.getByRole('article', { name: url }).waitFor();
    await page.goto(`/activity?service=${name.slice(5)}&namespace=acme`);
    await page.getByRole('link', { name: `Webhooks of ${name}` }).click();
    await page.getByRole('article', { name: url }).waitFor();
    await page.close();
  });

  test('does it on a telephone', async () => {
    const { name, url } = await hookedProject('/telephone');
    const small = await contextOf(browser, server, people.maintainer, { viewport: telephone });
    const page = await openPage(small, hooksOf(name));
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    await page.getByRole('article', { name: url }).getByRole('button', { name: 'Test' }).click();
    await page.getByRole('button', { name: 'Show it' }).click();
    const log = page.getByRole('dialog');
    await log.getByRole('region', { name: 'Response' }).waitFor();
    await expect.poll(() => width()).toBe(telephone.width);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'New webhook' }).click();
    const form = await fill(page, `${receiver.url}/train`);
    await form.getByRole('button', { name: 'Create the webhook' }).click();
    await page.getByRole('article', { name: `${receiver.url}/train` }).waitFor();
    await expect.poll(() => width()).toBe(telephone.width);
    await small.close();
  });
});

describe('who may not', () => {
  test('a developer reads why there is no way in, also by a link to a log', async () => {
    const { name, url, id } = await hookedProject('/secret-place');
    const own = await contextOf(browser, server, people.developer);
    const page = await openPage(own, hooksOf(name));
    await page.getByRole('heading', { name: 'Only maintainers of the project see the webhooks' }).waitFor();
    await expect.poll(() => page.getByRole('main').getByRole('button').count()).toBe(0);
    expect(await page.content()).not.toContain(url);
    await page.goto(`${hooksOf(name)}?hook=${id}`);
    await page
      .getByRole('dialog')
      .getByRole('heading', { name: 'Only maintainers of the project see the webhooks' })
      .waitFor();
    await page.goto(hooksOf('acme/no-such'));
    await page.getByRole('heading', { name: 'There is no such project here' }).waitFor();
    await own.close();
  });

  test('a session that may only read is told to sign in another way', async () => {
    const { name, url } = await hookedProject('/read-only');
    const maintainer = server.clientOf(people.maintainer.token);
    const { token = '' } = await maintainer.createToken({ name: 'reads', scopes: ['read_api'] });
    const own = await contextOf(browser, server, { ...people.maintainer, token });
    const page = await openPage(own, hooksOf(name));
    await page.getByRole('heading', { name: 'This session may only read' }).waitFor();
    expect(await page.content()).not.toContain(url);
    await own.close();
  });
});
