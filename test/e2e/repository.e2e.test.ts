import { tmpdir } from 'node:os';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { type GitRepository, makeGitRepository } from '../support/git-repository.ts';
import { join, type Person, person } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { contextOf, focusedName, openPage } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;
let git: GitRepository;
let people: Record<'maintainer' | 'developer', Person>;
let context: BrowserContext;

beforeAll(async () => {
  [browser, server, git] = await Promise.all([
    launchBrowser(),
    startTestServer({ repositoryPaths: [tmpdir()] }),
    makeGitRepository(),
  ]);
  await git.commit('Begin');
  people = {
    maintainer: await person(server, 'mia.maintains', { name: 'Mia Maintains' }),
    developer: await person(server, 'dana.deploys', { name: 'Dana Deploys' }),
  };
  context = await contextOf(browser, server, people.maintainer);
});
afterAll(async () => {
  await browser?.close();
  await git?.[Symbol.asyncDispose]();
  await server?.stop();
});

/** A project of its own, with one deployment, both people its members; answers where its repository is shown. */
async function project(service: string): Promise<string> {
  await server.client.record(report({ namespace: 'acme', service }));
  for (const level of ['maintainer', 'developer'] as const)
    await join(server, 'project', `acme/${service}`, people[level], level);
  return `/projects/acme%2F${service}/settings/repository`;
}

test('a maintainer connects a repository, has it fetched, changes it and disconnects it', async () => {
  const path = await project('checkout');
  const page = await openPage(context, '/?slot=acme/checkout@production');
  await page.getByRole('link', { name: 'Webhooks of acme/checkout' }).click();
  await page.getByRole('link', { name: 'Repository' }).click();
  await page.waitForURL(`${server.url}${path}`);
  await page.getByRole('button', { name: 'Connect a repository' }).click();
  const form = page.getByRole('dialog', { name: 'Repository of acme/checkout' });
  await form.getByRole('textbox', { name: 'URL' }).fill('file:///etc');
  await form.getByRole('button', { name: 'Connect' }).click();
  await expect.poll(() => form.getByRole('textbox', { name: 'URL' }).getAttribute('aria-invalid')).toBe('true');
  await form.getByRole('textbox', { name: 'URL' }).fill(git.path);
  await form.getByRole('textbox', { name: 'URL' }).press('Enter');
  await page.getByText('The repository is saved, and is being read.').waitFor();
  await page.getByRole('heading', { name: git.path }).waitFor();
  await expect.poll(() => focusedName(page)).toMatch(/^Repository of /);
  await page.getByText('Up to date').waitFor();
  await page.getByText('1 commit', { exact: true }).waitFor();

  await git.commit('Go on');
  await page.getByRole('button', { name: 'Fetch now' }).click();
  await page.getByText('2 commits').waitFor();

  await page.getByRole('button', { name: 'Change' }).click();
  const change = page.getByRole('dialog', { name: 'Change the repository' });
  await change.getByRole('textbox', { name: 'Folder' }).fill('services/checkout');
  await change.getByRole('checkbox', { name: 'It ships all that it contains' }).check();
  await change.getByRole('button', { name: 'Save' }).click();
  await page.getByText('services/checkout').waitFor();
  await page.getByText('Ships all that it contains, as in GitLab').waitFor();

  await page.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('heading', { name: 'No repository yet' }).waitFor();
  await page.close();
});

test('secrets that were typed are kept, and never shown', async () => {
  const path = await project('payments');
  const page = await openPage(context, path);
  await page.getByRole('button', { name: 'Connect a repository' }).click();
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: 'URL' }).fill('https://git.invalid/acme/payments.git');
  await form.getByRole('textbox', { name: 'User name' }).fill('reader');
  await form.getByLabel('Password or token').fill('not for eyes');
  await form.getByRole('radio', { name: 'GitLab', exact: true }).check();
  await form.getByLabel(/^Token/).fill('glpat-not-for-eyes');
  await form.getByRole('button', { name: 'Connect' }).click();
  await page.getByText('reader, with a secret that is never shown').waitFor();
  await page.getByText('with a token').waitFor();
  // Nobody answers by that name: the page says so.
  await page.getByText(/^Failed/).waitFor();
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByText('There is one, which is kept and never shown.').first().waitFor();
  expect(await page.content()).not.toMatch(/not.for.eyes/);
  await page.close();
});

test('a developer reads the state, not where the repository is, and is not offered to change it', async () => {
  const path = await project('catalog');
  const theirs = await contextOf(browser, server, people.developer);
  const page = await openPage(theirs, path);
  await page.getByText('Maintainers of the project connect it').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Connect a repository' }).count()).toBe(0);
  await server.client.setRepository('acme/catalog', { url: git.path });
  await page.reload();
  await page.getByRole('heading', { name: 'A git repository' }).waitFor();
  await expect.poll(() => page.getByText(git.path).count()).toBe(0);
  await expect.poll(() => page.getByRole('button', { name: /Fetch now|Change|Disconnect/ }).count()).toBe(0);
  await page.goto('/projects/acme%2Fnothing/settings/repository');
  await page.getByRole('heading', { name: 'There is no such project here' }).waitFor();
  await theirs.close();
});
