import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { fleet } from './fleet.ts';
import { type HookedProject, hookProject } from './hooked-project.ts';
import { approvers, askToDeploy, protectProduction, team } from './protected-lane.ts';
import { desktop, openPage, signedInContext, telephone } from './signed-in-page.ts';
import { type TrackedProject, trackProject } from './tracked-project.ts';

const folder = fileURLToPath(new URL('./screenshots/', import.meta.url));
const sizes = { 1440: desktop, 390: telephone } as const;

let browser: Browser;
let server: TestServer;
let empty: TestServer;
let hooked: HookedProject;
let tracked: TrackedProject;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  [browser, server, empty] = await Promise.all([
    launchBrowser(),
    startTestServer({ webhookAllowedHosts: ['127.0.0.1'], repositoryPaths: [tmpdir()] }),
    startTestServer(),
  ]);
  await server.client.recordBatch(fleet(Date.now()));
  hooked = await hookProject(server, 'commerce/checkout');
  tracked = await trackProject(server, 'commerce/orders');
  const { deployer, approver } = await team(server);
  const board = await approvers(server, 'release-board', [approver]);
  for (const [namespace, service, version] of [
    ['commerce', 'checkout', '1.25.0'],
    ['platform', 'gateway', '1.31.0'],
  ] as const) {
    const lane = { namespace, service };
    await protectProduction(server, lane, [{ group_id: board, required_approvals: 2 }, { access_level: 40 }]);
    const number = await askToDeploy(server, deployer, lane, version);
    await server
      .clientOf(approver.token)
      .decide(number, { decision: 'approve', comment: 'The smoke tests are green.' });
  }
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await empty?.stop();
  await hooked?.[Symbol.asyncDispose]();
  await tracked?.[Symbol.asyncDispose]();
});

const live = (page: Page) => page.getByRole('status', { name: 'Live updates: live', includeHidden: true }).waitFor();

test.each(['light', 'dark'] as const)(
  'pictures of each page in the %s theme, for people to look at',
  async (colorScheme) => {
    for (const [width, viewport] of Object.entries(sizes)) {
      const options = { colorScheme, viewport, reducedMotion: 'reduce' } as const;
      const full = await signedInContext(browser, server, options);
      const shoot = async (name: string, page: Page) => {
        await page.screenshot({ path: `${folder}${name}-${width}-${colorScheme}.png` });
        await page.close();
      };
      const matrix = await openPage(full, '/');
      await matrix.getByText('checkout').first().waitFor();
      await live(matrix);
      await shoot('matrix', matrix);

      const drawer = await openPage(full, '/?slot=commerce/payments@staging');
      await drawer.getByRole('region', { name: 'History' }).getByRole('button').first().waitFor();
      await live(drawer);
      await shoot('drawer', drawer);

      const approvals = await openPage(full, '/?slot=platform/gateway@production');
      await approvals.getByRole('region', { name: 'Approvals' }).getByRole('button').first().waitFor();
      await live(approvals);
      await shoot('approvals', approvals);

      const inbox = await openPage(full, '/inbox');
      await inbox.getByRole('article').first().waitFor();
      await live(inbox);
      await shoot('inbox', inbox);

      const activity = await openPage(full, '/activity');
      await activity.getByRole('article').first().waitFor();
      await live(activity);
      await shoot('activity', activity);

      const changes = await openPage(full, '/changes');
      await changes.getByText('no longer live').waitFor();
      await live(changes);
      await shoot('changes', changes);

      const waiting = await openPage(full, '/changes?view=waiting');
      await waiting.getByText('waits').first().waitFor();
      await live(waiting);
      await shoot('waiting', waiting);

      const change = await openPage(full, '/changes/commerce%2Forders/3');
      await change.getByText('taken out by').waitFor();
      await live(change);
      await shoot('change', change);

      const shipped = await openPage(full, '/?slot=commerce/orders@staging');
      await shipped.getByRole('region', { name: 'Reverts' }).waitFor();
      await live(shipped);
      await shoot('shipped', shipped);

      const repository = await openPage(full, '/projects/commerce%2Forders/repository');
      await repository.getByText('Up to date').waitFor();
      await live(repository);
      await shoot('repository', repository);

      const noChanges = await openPage(full, '/changes?project=data/ledger');
      await noChanges.getByRole('heading', { name: 'Where is my change?' }).waitFor();
      await live(noChanges);
      await shoot('no-changes', noChanges);

      const hooks = await openPage(full, hooked.page);
      await hooks.getByRole('article').first().waitFor();
      await live(hooks);
      await shoot('hooks', hooks);

      const log = await openPage(full, hooked.log);
      await log.getByRole('region', { name: 'Response' }).waitFor();
      await live(log);
      await shoot('deliveries', log);

      const form = await openPage(full, hooked.page);
      await form.getByRole('button', { name: 'New webhook' }).click();
      await form.getByRole('dialog').getByRole('textbox', { name: 'URL' }).fill('https://deploys.example/hook');
      await live(form);
      await shoot('hook-form', form);

      const noHooks = await openPage(full, `/projects/${encodeURIComponent('data/ledger')}/hooks`);
      await noHooks.getByRole('heading', { name: 'No webhook yet' }).waitFor();
      await live(noHooks);
      await shoot('no-hooks', noHooks);
      await full.close();

      const nothing = await signedInContext(browser, empty, options);
      const first = await openPage(nothing, '/');
      await first.getByRole('heading', { name: 'Report your first deployment' }).waitFor();
      await shoot('first-run', first);
      await nothing.close();

      const stranger = await browser.newContext({ baseURL: server.url, ...options });
      const signIn = await openPage(stranger, '/sign-in');
      await signIn.getByRole('button', { name: 'Sign in' }).waitFor();
      await shoot('sign-in', signIn);
      await stranger.close();
    }
  },
);
