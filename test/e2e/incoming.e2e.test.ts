import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { fromGitHub, fromGitLab, githubDeployment, githubStatus, gitlabDeployment } from '../support/incoming.ts';
import { join, type Person, person } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { contextOf, focusedName, openPage, slotCell, telephone } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;
let people: Record<'maintainer' | 'developer', Person>;
let context: BrowserContext;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  people = {
    maintainer: await person(server, 'mia.maintains', { name: 'Mia Maintains' }),
    developer: await person(server, 'dana.deploys', { name: 'Dana Deploys' }),
  };
  context = await contextOf(browser, server, people.maintainer);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const incomingOf = (path: string) => `/projects/${encodeURIComponent(path)}/settings/incoming`;

let services = 0;
/** A project of its own, with one deployment, both people its members. */
async function project(): Promise<string> {
  services += 1;
  const path = `acme/parcel-${services}`;
  await server.client.record(report({ namespace: 'acme', service: path.slice(5), environment: 'staging' }));
  await join(server, 'project', path, people.maintainer, 'maintainer');
  await join(server, 'project', path, people.developer, 'developer');
  return path;
}

/** A project with a secret of its own for each tool. */
async function toldProject() {
  const name = await project();
  const secret = `a-secret-for-the-tools-of-${name}`;
  for (const source of ['github', 'gitlab'] as const)
    await server.client.createIncomingSecret(name, { source, secret });
  const query = `?project=${encodeURIComponent(name)}`;
  return { name, secret, query };
}

const inboxOf = (page: Page) => page.getByRole('list', { name: 'Incoming webhooks, newest first' });

describe('a maintainer', () => {
  test('sets up GitHub in three steps and sees the first webhook come in, and the deployment it tells of', async () => {
    const name = await project();
    const page = await openPage(context, incomingOf(name));
    await page.getByRole('heading', { name: `No tool tells of ${name} yet` }).waitFor();
    await page.getByRole('button', { name: 'Set up GitHub' }).click();
    const form = page.getByRole('dialog', { name: `Let a tool tell ${name}` });
    await form.getByRole('button', { name: 'Make the secret' }).click();

    const steps = page.getByRole('dialog', { name: 'Set up GitHub' });
    const secret = await steps.getByRole('region', { name: 'Secret' }).locator('code').innerText();
    const address = `${server.url}/webhooks/github?project=${encodeURIComponent(name)}`;
    await steps.getByText(address).waitFor();
    await steps.getByText('Waiting for the first webhook of GitHub').waitFor();
    const query = new URL(address).search;
    await fromGitHub(server, { event: 'ping', body: { zen: 'Design for failure.' }, secret, query });
    await steps.getByRole('status').getByText('ping').waitFor();
    await steps.getByText('Applied').waitFor();
    await steps.getByRole('button', { name: 'Done' }).click();
    await expect.poll(() => focusedName(page)).toBe('New secret');
    expect(await page.content()).not.toContain(secret);

    await fromGitHub(server, { event: 'deployment', body: githubDeployment(71, { ref: 'v7.1' }), secret, query });
    await fromGitHub(server, { event: 'deployment_status', body: githubStatus(71, 'success', {}), secret, query });
    await inboxOf(page).getByText('deployment_status').waitFor();
    await page.goto('/');
    await slotCell(page, `${name} in production`).waitFor();
    await page.close();
  });

  test('uses a secret of the tool’s own, and what is wrong with it is said beside it', async () => {
    const name = await project();
    const page = await openPage(context, incomingOf(name));
    await page.getByRole('button', { name: 'Set up GitLab' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('checkbox', { name: 'Use a secret of my own' }).check();
    await form.getByLabel('Secret', { exact: true }).fill('blanks are not allowed here');
    await form.getByRole('button', { name: 'Make the secret' }).click();
    await expect.poll(() => form.getByLabel('Secret', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    await form.getByLabel('Secret', { exact: true }).fill('long-enough-and-without-blanks');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Set up GitLab' }).getByText('Deployment events').waitFor();
    const secret = 'long-enough-and-without-blanks';
    const query = `?project=${encodeURIComponent(name)}`;
    const { status } = await fromGitLab(server, { body: gitlabDeployment(1, 'success'), secret, query });
    expect(status).toBe(202);
    await page.getByRole('dialog').getByRole('status').getByText('deployment', { exact: true }).waitFor();
    await page.close();
  });

  test('finds what failed, reads why and what came, and replays it', async () => {
    const { name, secret, query } = await toldProject();
    const broken = githubDeployment(5, { created_at: 'yesterday' });
    const { body } = await fromGitHub(server, { body: broken, secret, query });
    await fromGitHub(server, { event: 'workflow_run', body: githubDeployment(6), secret, query });
    const page = await openPage(context, incomingOf(name));
    await inboxOf(page).getByText('Kept').waitFor();
    await expect.poll(() => inboxOf(page).getByRole('listitem').count()).toBe(2);
    await page.getByRole('button', { name: 'State' }).click();
    await page.getByRole('menuitemradio', { name: 'Failed' }).click();
    await expect.poll(() => inboxOf(page).getByRole('listitem').count()).toBe(1);
    await expect.poll(() => page.url()).toBe(`${server.url}${incomingOf(name)}?state=failed`);

    await inboxOf(page).getByRole('button').click();
    const drawer = page.getByRole('dialog', { name: 'deployment' });
    await drawer.getByText('/deployment/created_at must be a date').waitFor();
    await drawer.getByText('"created_at": "yesterday"').waitFor();
    await drawer.getByText('x-github-event: deployment').waitFor();
    await expect.poll(() => drawer.innerText()).not.toContain('x-hub-signature');
    const settledBefore = (await server.client.incomingDelivery(body.id)).settled_at;
    await drawer.getByRole('button', { name: 'Replay' }).click();
    await expect.poll(async () => (await server.client.incomingDelivery(body.id)).settled_at).not.toBe(settledBefore);
    await drawer.getByRole('status').getByText('/deployment/created_at must be a date').waitFor();
    await page.reload();
    await drawer.getByText('"created_at": "yesterday"').waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await expect.poll(() => page.url()).toBe(`${server.url}${incomingOf(name)}?state=failed`);
    await page.close();
  });

  test('deletes a secret by the keyboard alone, and what is proven by it is refused from then on', async () => {
    const { name, secret, query } = await toldProject();
    const page = await openPage(context, incomingOf(name));
    await page.getByRole('button', { name: /Delete the secret of GitLab/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByText('is refused from now on').waitFor();
    await expect.poll(() => focusedName(page)).toBe('Cancel');
    await page.keyboard.press('Tab');
    await expect.poll(() => focusedName(page)).toBe('Delete the secret');
    await page.keyboard.press('Enter');
    await page.getByText('The secret of GitLab is deleted.').waitFor();
    await expect.poll(() => focusedName(page)).toBe('New secret');
    const { status } = await fromGitLab(server, { body: gitlabDeployment(2, 'success'), secret, query });
    expect(status).toBe(401);
    await page.close();
  });

  test('sees it all on a telephone without scrolling sideways', async () => {
    const { name, secret, query } = await toldProject();
    await fromGitHub(server, { event: `a-very-long-${'event-'.repeat(20)}`, body: githubDeployment(5), secret, query });
    const own = await contextOf(browser, server, people.maintainer, { viewport: telephone });
    const page = await openPage(own, incomingOf(name));
    await inboxOf(page).getByText('Failed').waitFor();
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
      .toBeLessThanOrEqual(0);
    await own.close();
  });
});

test('a developer reads that it is for maintainers, and sees no secret', async () => {
  const { name } = await toldProject();
  const own = await contextOf(browser, server, people.developer);
  const page = await openPage(own, incomingOf(name));
  await page.getByRole('heading', { name: 'Only maintainers of the project see the incoming webhooks' }).waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'New secret' }).count()).toBe(0);
  await own.close();
});
