import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { fromGitHub } from '../support/incoming.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { askToDeploy, protectProduction, team } from './protected-lane.ts';
import { openPage, signedInContext, slotCell, telephone } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;
let context: BrowserContext;

const attack = '<img src=x onerror=alert(1)>';
const hostile = {
  service: `a/b@c ${attack}`,
  environment: `prod "><script>alert(1)</script>`,
  version: `</style>${attack}`,
  actor: attack,
  ref: `${attack}\u202e`,
  sha: `"${attack}`,
  deployment_id: `${attack}-1`,
} as const;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  await server.client.record(report({ ...hostile, run_url: 'https://ci.example/"onmouseover="alert(1)' }));
  await server.client.record(report({ service: 'widest', environment: 'staging', version: 'v'.repeat(50) }));
  context = await signedInContext(browser, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Fails the test when the page runs what a pipeline sent, or breaks its own content policy. */
function watch(page: Page): string[] {
  const alarms: string[] = [];
  page.on('dialog', (dialog) => {
    alarms.push(`dialog ${dialog.message()}`);
    dialog.dismiss().catch(() => undefined);
  });
  page.on('pageerror', (error) => alarms.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') alarms.push(`${message.text()} ${message.location().url}`);
  });
  return alarms;
}

describe('what pipelines send is text', () => {
  test('in the matrix, the drawer, the activity and the search', async () => {
    const page = await context.newPage();
    const alarms = watch(page);
    await page.goto('/');
    const cell = slotCell(page, `${hostile.service} in ${hostile.environment}: ${hostile.version}, success`);
    await cell.hover();
    await cell.click();
    const drawer = page.getByRole('dialog', { name: `${hostile.service} in ${hostile.environment}` });
    await drawer.getByText(hostile.deployment_id).waitFor();
    await page.reload();
    await drawer.getByText(hostile.deployment_id).waitFor();
    await page.goto('/activity');
    await page.getByRole('article').getByText(hostile.version).first().waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill(attack);
    await page
      .getByRole('option', { name: /a\/b@c/ })
      .first()
      .waitFor();
    await expect.poll(() => page.locator('img').count()).toBe(0);
    expect(alarms).toEqual([]);
    await page.close();
  });

  test('on the page of a deployment, and in its lineage', async () => {
    // A path with a slash too many names no project.
    const parent = { ...hostile, service: attack, environment: 'dev', deployment_id: `${attack}-0` };
    await server.client.record(report(parent));
    const parents = [parent.deployment_id, attack];
    const child = { ...hostile, service: attack, deployment_id: `${attack}-2`, parent_deployments: parents };
    const sent = report({ ...child, run_url: 'https://ci.example/"onmouseover="alert(1)' });
    const { deployment_number: number } = await server.client.record(sent);
    const page = await context.newPage();
    const alarms = watch(page);
    await page.goto(`/deployments/${number}`);
    await page.getByRole('heading', { level: 1, name: `${attack} ${hostile.version}` }).waitFor();
    const lineage = page.getByRole('region', { name: 'Lineage' });
    await lineage.getByRole('link', { name: `${hostile.version} in dev` }).waitFor();
    const raw = page.getByRole('region', { name: 'Raw events' });
    await raw.getByRole('button').click();
    await raw.getByText(attack).first().waitFor();
    await page.goto(`/projects/${encodeURIComponent(attack)}/lineage?view=table`);
    await page.getByText(`${attack}, which is not known here`).waitFor();
    await expect.poll(() => page.locator('img').count()).toBe(0);
    expect(alarms).toEqual([]);
    await page.close();
  });

  test('in the inbox, the approvals and their comments', async () => {
    const { deployer, approver } = await team(server);
    const lane = { namespace: 'hostile', service: 'target' };
    await protectProduction(server, lane, [{ user_id: approver.id, required_approvals: 1 }, { access_level: 40 }]);
    const number = await askToDeploy(server, deployer, lane, hostile.version);
    await server.client.decide(number, { decision: 'approve', comment: attack });
    const reader = await signedInContext(browser, { url: server.url, adminToken: approver.token });
    const page = await reader.newPage();
    const alarms = watch(page);
    await page.goto('/inbox');
    const item = page.getByRole('article', { name: 'hostile/target to production' });
    await item.getByText(attack, { exact: true }).waitFor();
    await item.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('dialog').getByText(hostile.version).waitFor();
    await page.goto('/?slot=hostile/target@production');
    await page.getByRole('region', { name: 'Approvals' }).getByText(attack, { exact: true }).waitFor();
    await expect.poll(() => page.locator('img').count()).toBe(0);
    expect(alarms).toEqual([]);
    await reader.close();
  });

  test('environments named like what every object inherits are columns like any other', async () => {
    await using own = await startTestServer();
    const names = ['constructor', 'toString', '__proto__'];
    await own.client.record(report({ service: 'plain', environment: 'staging' }));
    await own.client.recordBatch(names.map((environment) => report({ service: 'odd', environment, version: '6.6.6' })));
    for (const viewport of [undefined, telephone]) {
      const reader = await signedInContext(browser, own, viewport === undefined ? {} : { viewport });
      const page = await openPage(reader, '/');
      for (const name of names) await page.getByLabel(`odd in ${name}: 6.6.6, success`).first().waitFor();
      await own.client.record(report({ service: 'odd', environment: '__proto__', version: '6.6.7' }));
      await page.getByLabel('odd in __proto__: 6.6.7, success').first().waitFor();
      await own.client.record(report({ service: 'odd', environment: '__proto__', version: '6.6.6' }));
      await reader.close();
    }
  });

  test('a run address that is not http is refused by the server, and would not be a link', async () => {
    const refused = server.client.record(report({ run_url: 'javascript:alert(1)' }));
    await expect(refused).rejects.toMatchObject({ status: 422 });
    const page = await context.newPage();
    const alarms = watch(page);
    await page.route('**/api/deployments?*', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { items: { run_url?: string }[] };
      for (const item of body.items) item.run_url = 'javascript:alert(1)';
      await route.fulfill({ response: answer, json: body });
    });
    await page.goto('/?slot=widest@staging');
    const drawer = page.getByRole('dialog');
    await drawer.getByText('javascript:alert(1)').waitFor();
    await expect.poll(() => drawer.getByRole('link', { name: /javascript|run/i }).count()).toBe(0);
    await expect.poll(() => drawer.locator('a[href^="javascript:"]').count()).toBe(0);
    expect(alarms).toEqual([]);
    await page.close();
  });

  test('a version of 50 characters is shown whole, on a telephone too', async () => {
    const wide = await openPage(context, '/');
    const cell = slotCell(wide, 'widest in staging').locator('.slot-version');
    await cell.waitFor();
    const fits = () =>
      cell.evaluate((text) => {
        const box = text.closest('[role=gridcell]')?.getBoundingClientRect();
        const whole = text.scrollWidth <= text.clientWidth;
        return whole && box !== undefined && text.getBoundingClientRect().right <= box.right;
      });
    await expect.poll(fits).toBe(true);
    await wide.close();
    const small = await signedInContext(browser, server, { viewport: telephone });
    const page = await openPage(small, '/');
    const version = page.getByRole('button', { name: /^widest in staging/ }).locator('.slot-version');
    const leftOf = async () => (await version.boundingBox())?.x ?? 0;
    const rightOf = async () => {
      const box = await version.boundingBox();
      return box ? box.x + box.width : Number.NaN;
    };
    await expect.poll(leftOf).toBeGreaterThan(0);
    await expect.poll(rightOf).toBeLessThanOrEqual(telephone.width);
    await small.close();
  });
});

test('what a tool tells of a change is text, and its address no link unless it is http', async () => {
  await server.client.record(report({ namespace: 'acme', service: 'changed' }));
  const tell = (facts: object) =>
    fetch(`${server.url}/api/v4/projects/acme%2Fchanged/merge_requests`, {
      method: 'POST',
      headers: { 'private-token': server.adminToken, 'content-type': 'application/json' },
      body: JSON.stringify({
        iid: 1,
        title: `Title ${attack} ${'w'.repeat(300)}`,
        description: attack,
        source_branch: `${attack}\u202e`,
        target_branch: 'main',
        author_username: attack,
        labels: [attack],
        ...facts,
      }),
    });
  expect((await tell({ web_url: 'javascript:alert(1)' })).status).toBe(400);
  expect((await tell({})).status).toBe(201);
  const page = await context.newPage();
  const alarms = watch(page);
  await page.route('**/api/changes/1?*', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), web_url: 'javascript:alert(1)' } });
  });
  await page.goto('/changes');
  const line = page.getByRole('listitem').filter({ hasText: `Title ${attack}` });
  await line.getByRole('link').click();
  await page.getByRole('article').getByText(attack).first().waitFor();
  await expect.poll(() => page.locator('a[href^="javascript:"]').count()).toBe(0);
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
    .toBeLessThanOrEqual(0);
  expect(alarms).toEqual([]);
  await page.close();
});

describe('on the pages of a project, of a deployment and of settings', () => {
  const bidi = `\u202egnp.exe\u2066 עברית 🚀 ${'w'.repeat(60)}`;
  const project = `acme/${bidi}`;
  let number: number;
  beforeAll(async () => {
    const told = { namespace: 'acme', service: bidi, environment: attack, version: hostile.version };
    const event = await server.client.record(
      report({ ...told, actor: bidi, ref: attack, status: 'failure', deployment_id: 'javascript:alert(1)' }),
    );
    number = event.deployment_number;
    const secret = 'a-secret-for-hostile-tools';
    await server.client.createIncomingSecret(project, { source: 'github', secret });
    const query = `?project=${encodeURIComponent(project)}`;
    await fromGitHub(server, { event: attack, body: { text: attack }, secret, query });
    await server.context.incoming.applier.runOnce();
    await server.client.createToken({ name: attack, scopes: ['read_api'] });
  });

  const base = `/projects/${encodeURIComponent(project)}`;
  const pages = [
    ['the overview', () => base],
    ['its deployments', () => `${base}/deployments`],
    ['its environments', () => `${base}/environments`],
    ['its changes', () => `${base}/changes`],
    ['its lineage', () => `${base}/lineage`],
    ['its settings', () => `${base}/settings`],
    ['its members', () => `${base}/settings/members`],
    ['its tokens', () => `${base}/settings/tokens`],
    ['its protected environments', () => `${base}/settings/protection`],
    ['its freeze periods', () => `${base}/settings/freezes`],
    ['its webhooks', () => `${base}/settings/hooks`],
    ['its incoming webhooks', () => `${base}/settings/incoming`],
    ['its audit log', () => `${base}/settings/audit`],
    ['the deployment', () => `/deployments/${number}`],
    ['tokens', () => '/settings/tokens'],
  ] as const;

  test.each(pages)('%s shows it as text, and is no wider than a telephone', async (_, path) => {
    const small = await signedInContext(browser, server, { viewport: telephone });
    const page = await small.newPage();
    const alarms = watch(page);
    await page.goto(path());
    await page.getByRole('status', { name: 'Live updates: live', includeHidden: true }).waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
    await expect.poll(() => page.getByRole('status', { name: /^Loading/ }).count()).toBe(0);
    await expect.poll(() => page.locator('img:not([src^="/"])').count()).toBe(0);
    await expect.poll(() => page.locator('a[href^="javascript:"], a[href^="data:"]').count()).toBe(0);
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
      .toBeLessThanOrEqual(0);
    expect(alarms).toEqual([]);
    await small.close();
  });

  test.each([
    { service: 'acme/storefront' },
    { namespace: 'acme/shop', service: 'api/v2' },
    { service: '100 %' },
    { service: 'what? #1 & more+' },
    { service: 'a%2Fb%25' },
    { service: '~1~' },
    { service: '..' },
    { service: '4711' },
    { namespace: '本番', service: 'ünï 🚀' },
  ])('a project like %j has pages of its own, reached from the matrix and by its link', async (project) => {
    const version = `of-${project.service.length}`;
    await server.client.record(report({ ...project, version, status: 'in-progress' }));
    const name = project.namespace === undefined ? project.service : `${project.namespace}/${project.service}`;
    const page = await openPage(context, `/?q=${encodeURIComponent(project.service)}`);
    await page.getByRole('rowheader').getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { name: 'Last deployments' }).waitFor();
    await page.getByRole('link', { name: 'Deployments', exact: true }).click();
    // The overview, too, shows the version.
    await page.getByRole('heading', { level: 1, name: `Deployments of ${name}` }).waitFor({ state: 'attached' });
    await page.getByRole('article').getByText(version).first().waitFor();
    await page.reload();
    await page.getByRole('article').getByText(version).first().waitFor();
    await page.getByRole('status', { name: 'Live updates: live' }).waitFor();
    await server.client.record(report({ ...project, version: `${version}-live` }));
    await page.getByRole('article').getByText(`${version}-live`).first().waitFor();
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: `General settings of ${name}` }).waitFor({ state: 'attached' });
    await page.close();
  });

  test('two projects that are written alike are two, wherever a link leads to one', async () => {
    const both = [
      { namespace: 'alike', service: 'a/b' },
      { namespace: 'alike/a', service: 'b' },
    ];
    for (const project of both) {
      const version = `in-${project.namespace}`;
      const { deployment_number } = await server.client.record(report({ ...project, version }));
      const page = await openPage(context, `/deployments/${deployment_number}`);
      await page.getByRole('link', { name: 'Deployments', exact: true }).click();
      const head = page.getByRole('heading', { level: 1, name: 'Deployments of alike/a/b' });
      await head.waitFor({ state: 'attached' });
      await page.getByRole('article').getByText(version).first().waitFor();
      await expect.poll(() => page.getByRole('article').count()).toBe(1);
      await page.close();
    }
    const page = await openPage(context, '/settings/groups/alike');
    const links = page.getByRole('table', { name: 'Projects in alike' }).getByRole('link', { name: 'alike/a/b' });
    await expect.poll(() => links.count()).toBe(2);
    const targets = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    expect(targets.sort()).toEqual(['/projects/alike%2Fa%2Fb', '/projects/alike%2Fa~1b']);
    await page.close();
  });

  test('a webhook that came in', async () => {
    const page = await context.newPage();
    const alarms = watch(page);
    await page.goto(`${base}/settings/incoming`);
    await page.getByRole('list', { name: 'Incoming webhooks' }).getByRole('button').first().click();
    await page.getByRole('dialog').getByText(attack).first().waitFor();
    await expect.poll(() => page.locator('img').count()).toBe(0);
    expect(alarms).toEqual([]);
    await page.close();
  });
});
