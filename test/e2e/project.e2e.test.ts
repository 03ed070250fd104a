import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EnvironmentsClient } from '../../src/client/environments-client.ts';
import { ProjectsClient } from '../../src/client/projects-client.ts';
import { ProtectedEnvironmentsClient } from '../../src/client/protected-environments-client.ts';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { join, type Person, person, privateProject } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { tabTo, typingIn } from './page-controls.ts';
import { focusedName, openPage, signedInContext } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;
const people = {} as Record<'owner' | 'maintainer' | 'developer' | 'reader' | 'stranger', Person>; // filled before the tests

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  people.owner = await person(server, 'olga.owns', { name: 'Olga Owns' });
  people.maintainer = await person(server, 'mia.maintains', { name: 'Mia Maintains' });
  people.developer = await person(server, 'dana.deploys', { name: 'Dana Deploys' });
  people.reader = await person(server, 'rosa.reads', { name: 'Rosa Reads' });
  people.stranger = await person(server, 'sam.strange', { name: 'Sam Strange' });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

let made = 0;
/** A private project, with one member of each level. */
async function project(): Promise<{ readonly namespace: string; readonly service: string; readonly path: string }> {
  made += 1;
  const namespace = `team-${made}`;
  const { path } = await privateProject(server, `${namespace}/shop`);
  await join(server, 'project', path, people.owner, 'owner');
  await join(server, 'project', path, people.maintainer, 'maintainer');
  await join(server, 'project', path, people.developer, 'developer');
  await join(server, 'project', path, people.reader, 'reporter');
  return { namespace, service: 'shop', path };
}

const contexts = new Map<Person, Promise<BrowserContext>>();
/** A page of a project, as one of the people sees it; each has one browser profile, which ends with the browser. */
async function openAs(who: Person, path: string, page = ''): Promise<Page> {
  const context = contexts.get(who) ?? signedInContext(browser, { url: server.url, adminToken: who.token });
  contexts.set(who, context);
  return openPage(await context, at(path, page));
}

afterEach(async () => {
  for (const context of contexts.values()) for (const page of (await context).pages()) await page.close();
});

const at = (path: string, page = '') => `/projects/${encodeURIComponent(path)}${page}`;
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const environments = () => new EnvironmentsClient(server.client.requests);
const projects = () => new ProjectsClient(server.client.requests);

describe('the overview of a project', () => {
  test('says what runs in production, what is broken there and since when, and what was good before', async () => {
    const { namespace, service, path } = await project();
    const told = (version: string, status: string, minutes: number, environment = 'production') =>
      report({ namespace, service, environment, version, status, happened_at: minutesAgo(minutes), actor: 'dana' });
    await server.client.recordBatch([
      told('1.0.0', 'success', 300),
      told('1.1.0', 'failure', 40),
      told('1.1.1', 'failure', 20),
      told('2.0.0', 'success', 10, 'staging'),
    ]);
    const page = await openAs(people.reader, path);
    const concern = page.getByRole('list', { name: 'What needs attention' }).getByRole('listitem');
    await concern.first().waitFor();
    await expect.poll(() => concern.count()).toBe(1);
    await expect
      .poll(() => concern.innerText())
      .toMatch(/Failed\s+production\s+1\.1\.1\s+for 40m, 2 times in a row, by dana/);
    await expect.poll(() => concern.innerText()).toMatch(/1\.0\.0 is still good, 5h ago/);
    const cards = page.getByRole('list', { name: `What runs of ${path}` }).getByRole('article');
    await expect.poll(() => cards.first().innerText()).toMatch(/staging/);
    await expect
      .poll(() => cards.last().innerText())
      .toMatch(/production[\s\S]*1\.1\.1[\s\S]*Failed[\s\S]*1\.0\.0[\s\S]*still good/);
    await page.getByRole('link', { name: '1.0.0 to production' }).waitFor();
    await concern.getByRole('link', { name: '1.0.0' }).click();
    await expect.poll(() => page.url()).toMatch(/\/deployments\/\d+$/);
  });

  test('heads both lists on one line, and names the project once above its deployments', async () => {
    const { namespace, service, path } = await project();
    await server.client.record(report({ namespace, service, version: '1.0.0' }));
    const page = await openAs(people.reader, path);
    const place = async (name: string) => (await page.getByRole('heading', { name }).boundingBox())?.y ?? Number.NaN;
    await page.getByRole('heading', { name: 'Changes that wait' }).waitFor();
    await expect.poll(async () => (await place('Last deployments')) - (await place('Changes that wait'))).toBe(0);
    await page.goto(at(path, '/deployments'));
    const article = page.getByRole('article', { name: 'production', exact: true });
    await article.waitFor();
    await expect.poll(() => article.innerText()).not.toContain(service);
    await page.close();
  });

  test('moves on by itself when something is deployed, and opens the history of an environment', async () => {
    const { namespace, service, path } = await project();
    const watcher = await person(server, 'willa.watches');
    await join(server, 'project', path, watcher, 'reporter');
    const page = await openAs(watcher, path);
    await page.getByRole('heading', { name: 'Nothing is deployed yet' }).waitFor();
    await server.client.record(report({ namespace, service, version: '3.0.0' }));
    await page.getByText('All is well.').waitFor();
    await page.getByRole('button', { name: 'production: its history' }).click();
    await page
      .getByRole('dialog', { name: `${path} in production` })
      .and(page.locator(':focus'))
      .waitFor();
    await expect.poll(() => page.url()).toContain(`?slot=${path}@production`);
    await page.keyboard.press('Escape');
    await expect.poll(() => focusedName(page)).toBe('production: its history');
  });

  test('is one clear page for whoever may not know of the project', async () => {
    const { path } = await project();
    const page = await openAs(people.stranger, path, '/settings');
    await page.getByRole('heading', { name: 'There is no such project here' }).waitFor();
    await expect.poll(() => page.getByRole('navigation', { name: `Pages of ${path}` }).count()).toBe(0);
  });
});

describe('the lists of a project', () => {
  test('show its deployments alone, narrowed by an environment of its own', async () => {
    const { namespace, service, path } = await project();
    await server.client.recordBatch([
      report({ namespace, service, version: '1.0.0', environment: 'staging' }),
      report({ namespace, service, version: '1.0.1' }),
      report({ service: 'elsewhere', environment: 'moon' }),
    ]);
    const page = await openAs(people.reader, path, '/deployments');
    await expect.poll(() => page.getByRole('article').count()).toBe(2);
    await expect.poll(() => page.getByRole('button', { name: 'Project', exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Environment', exact: true }).click();
    await expect
      .poll(() => page.getByRole('option').allInnerTexts())
      .toEqual(['Any environment', 'staging', 'production']);
    await page.getByRole('option', { name: 'staging' }).click();
    await expect.poll(() => page.getByRole('article').count()).toBe(1);
    await expect.poll(() => page.url()).toMatch(/\?environment=staging$/);
    await page.goBack();
    await expect.poll(() => page.getByRole('article').count()).toBe(2);
  });

  test('lead from no changes to the repository of the project', async () => {
    const { path } = await project();
    const page = await openAs(people.maintainer, path, '/changes');
    await page.getByRole('link', { name: 'Connect its repository' }).click();
    await expect.poll(() => page.url()).toBe(`${server.url}${at(path, '/settings/repository')}`);
  });
});

describe('environments', () => {
  test('stand in the order of the matrix, each with what is deployed, what is still good and what waits', async () => {
    const { namespace, service, path } = await project();
    const told = (environment: string, version: string, status: string, minutes: number) =>
      report({ namespace, service, environment, version, status, happened_at: minutesAgo(minutes) });
    await server.client.recordBatch([
      told('production', '1.0.0', 'success', 300),
      told('production', '1.1.0', 'in-progress', 4),
      told('production', '1.2.0', 'waiting', 2),
      told('dev', '1.2.0', 'success', 10),
    ]);
    const page = await openAs(people.reader, path, '/environments');
    const rows = page.getByRole('table', { name: `Environments of ${path}` }).getByRole('row');
    await expect.poll(() => rows.nth(1).innerText()).toMatch(/^dev\b[\s\S]*1\.2\.0/);
    await expect
      .poll(() => rows.nth(2).innerText())
      .toMatch(/^production\b[\s\S]*1\.1\.0[\s\S]*In progress[\s\S]*1\.0\.0\s*still good[\s\S]*Waiting\s*1\.2\.0/);
  });

  test('are made, changed and stopped by a developer with the keyboard alone', async () => {
    const { path } = await project();
    const page = await openAs(people.developer, path, '/environments');
    const press = async (name: string, key = 'Enter') => {
      await tabTo(page, name);
      await page.keyboard.press(key);
    };
    await page.getByRole('heading', { name: 'No environment yet' }).waitFor();
    await press('New environment');
    await typingIn(page, 'New environment');
    await page.keyboard.type('pre-production');
    await page.keyboard.press('Tab');
    await page.keyboard.press('t');
    await page.keyboard.press('Tab');
    await page.keyboard.type('javascript:alert(1)');
    await page.keyboard.press('Enter');
    await page.getByText('javascript scheme is not allowed').waitFor();
    await page.getByRole('textbox', { name: 'External address' }).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('https://pre.example');
    await page.keyboard.press('Enter');
    await page.getByText('pre-production is saved.').waitFor();
    const row = page.getByRole('row', { name: /pre-production/ });
    await expect.poll(() => row.innerText()).toMatch(/testing\s+not yet\s+pre\.example/);
    await expect.poll(() => focusedName(page)).toBe('New environment');

    await press('Stop pre-production');
    const question = page.getByRole('dialog', { name: 'Stop the environment?' });
    await question.waitFor();
    await expect.poll(() => focusedName(page)).toBe('Cancel');
    await page.keyboard.press('Escape');
    await expect.poll(() => focusedName(page)).toBe('Stop pre-production');
    await page.keyboard.press('Enter');
    await question.waitFor();
    await expect.poll(() => focusedName(page)).toBe('Cancel');
    await press('Stop the environment');
    await row.getByText('Stopped').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Delete pre-production' }).count()).toBe(0);
  });

  test('are only shown to readers, and deleted by maintainers once they are stopped', async () => {
    const { path } = await project();
    const { id } = await environments().create(path, { name: 'review/7' });
    await environments().create(path, { name: 'staging' });
    await environments().stop(path, id);
    const reading = await openAs(people.reader, path, '/environments');
    await reading.getByRole('row', { name: /review\/7/ }).waitFor();
    await expect.poll(() => reading.getByRole('button', { name: /^(New|Change|Stop|Delete)/ }).count()).toBe(0);

    const page = await openAs(people.maintainer, path, '/environments?state=stopped');
    await page.getByRole('button', { name: 'Delete review/7' }).click();
    await page.getByRole('button', { name: 'Delete the environment' }).click();
    await page.getByRole('heading', { name: 'No environment fits' }).waitFor();
    await page.getByRole('button', { name: 'Clear all filters' }).click();
    await page.getByRole('row', { name: /staging/ }).waitFor();
    await expect.poll(() => page.url()).toMatch(/\/environments$/);
  });
});

describe('the general settings', () => {
  test('are saved by a maintainer, whose words outlive a lost connection', async () => {
    const { path } = await project();
    const page = await openAs(people.maintainer, path, '/settings');
    const save = page.getByRole('button', { name: 'Save' });
    await expect.poll(() => save.isDisabled()).toBe(true);
    await expect.poll(() => page.getByRole('radio', { name: 'Internal' }).isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'Description' }).fill('Sells things.');
    await page.route('**/api/project?*', (route) => route.abort());
    await save.click();
    await page.getByText('What you entered is still here.').waitFor();
    await page.unroute('**/api/project?*');
    await save.click();
    await page.getByText(`The settings of ${path} are saved.`).waitFor();
    expect(await projects().one(path)).toMatchObject({ description: 'Sells things.', visibility: 'private' });
    await expect.poll(() => save.isDisabled()).toBe(true);
  });

  test('say beside the field what the rules do not allow', async () => {
    const { path } = await project();
    const page = await openAs(people.owner, path, '/settings');
    await page.getByRole('radio', { name: 'Public' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('group', { name: 'Who sees it' }).getByText('not allowed in a private group').waitFor();
  });

  test('give the project another path, and the old links lead to it', async () => {
    const { path, namespace } = await project();
    await privateProject(server, `${namespace}/taken`);
    const page = await openAs(people.maintainer, path, '/settings');
    await page.getByRole('button', { name: 'Change the path…' }).click();
    const name = page.getByRole('textbox', { name: `Path in ${namespace}` });
    await name.fill('taken');
    await page.keyboard.press('Enter');
    await page.getByText('has already been taken').waitFor();
    await name.fill('store');
    await page.keyboard.press('Enter');
    await page.getByText(`The project is ${namespace}/store now.`).waitFor();
    await expect.poll(() => page.url()).toBe(`${server.url}${at(`${namespace}/store`, '/settings')}`);
    await page.goto(at(path, '/environments?state=stopped'));
    await expect.poll(() => page.url()).toBe(`${server.url}${at(`${namespace}/store`, '/environments?state=stopped')}`);
  });

  test('let an owner delete the project who types its path', async () => {
    const { path } = await project();
    const page = await openAs(people.owner, path, '/settings');
    await page.getByRole('button', { name: 'Delete…' }).click();
    const confirm = page.getByRole('button', { name: 'Delete the project' });
    await page.getByRole('textbox', { name: `Type ${path} to confirm` }).fill('shop');
    await expect.poll(() => confirm.isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: `Type ${path} to confirm` }).fill(path);
    await confirm.click();
    await page.getByText(`${path} is deleted.`).waitFor();
    await expect.poll(() => page.url()).toBe(`${server.url}/`);
    expect((await projects().list({ search: path })).total).toBe(0);
  });

  test('are only read by a developer', async () => {
    const { path } = await project();
    const page = await openAs(people.developer, path, '/settings');
    await page.getByText('Maintainers and owners of the project change this.').waitFor();
    const main = page.getByRole('main');
    await expect.poll(() => main.getByRole('textbox').count()).toBe(0);
    await expect.poll(() => main.getByRole('link', { name: 'Audit log' }).count()).toBe(0);
  });
});

describe('the audit log', () => {
  test('tells a maintainer who did what, by days', async () => {
    const { path } = await project();
    const owned = new ProtectedEnvironmentsClient(server.clientOf(people.maintainer.token).requests);
    await owned.protect({ project: path }, { name: 'production', deployers: [{ level: 40 }] });
    const page = await openAs(people.maintainer, path, '/settings/audit');
    const row = page.getByRole('row', { name: /Protected production/ });
    await row.waitFor();
    await expect.poll(() => row.innerText()).toMatch(/May deploy\s+maintainers[\s\S]*Mia Maintains[\s\S]*just now/);
    await page.goto(at(path, '/settings/audit?to=2020-01-01'));
    await page.getByRole('heading', { name: 'No entry fits' }).waitFor();
    await page.getByRole('button', { name: 'Clear all filters' }).click();
    await row.waitFor();
  });

  test('is not for developers', async () => {
    const { path } = await project();
    const page = await openAs(people.developer, path, '/settings/audit');
    await page.getByRole('heading', { name: 'Only maintainers of the project see the audit log' }).waitFor();
  });
});
