import type { Page } from 'playwright-core';
import { EnvironmentsClient } from '../../../src/client/environments-client.ts';
import { ProjectsClient } from '../../../src/client/projects-client.ts';
import { ask } from '../../support/ask.ts';
import type { Scene, SceneArea } from './scene.ts';
import type { SceneWorld } from './scene-world.ts';

const at = (path: string, page = '') => `/projects/${encodeURIComponent(path)}${page}`;
const checkout = 'commerce/checkout';

/** A project that is described, one to which nothing was deployed, and environments of each kind. */
async function prepare({ server }: SceneWorld): Promise<void> {
  const { client } = server;
  const environments = new EnvironmentsClient(client.requests);
  const description = 'Takes orders and payments of all shops.';
  await new ProjectsClient(client.requests).change(checkout, { title: 'Checkout', description });
  const { items } = await environments.list({ project: checkout });
  for (const { id, name } of items)
    if (name === 'production') await environments.change(checkout, id, { external_url: 'https://shop.example' });
  const stopped = await environments.create(checkout, {
    name: 'review/long-lived-branch',
    description: 'Of a branch that was merged.',
    external_url: 'review.shop.example',
  });
  await environments.stop(checkout, stopped.id);
  const group = await server.context.groups.byPaths(['commerce']);
  const body = { path: 'new-shop', namespace_id: group.get('commerce')?.id };
  await ask(server, 'POST /api/v4/projects', { body });
}

const press = (page: Page, name: string) => page.getByRole('button', { name }).click();

const pages: readonly Scene[] = [
  { name: 'project', path: at(checkout), ready: (page) => page.getByRole('article').nth(3).waitFor() },
  {
    name: 'project in trouble',
    path: at('commerce/payments'),
    ready: (page) => page.getByText('is still good').waitFor(),
  },
  {
    name: 'project with a repository',
    path: at('commerce/orders'),
    ready: (page) => page.getByRole('list', { name: 'Changes that wait' }).waitFor(),
  },
  {
    name: 'project without deployments',
    path: at('commerce/new-shop'),
    ready: (page) => page.getByRole('heading', { name: 'Nothing is deployed yet' }).waitFor(),
  },
  {
    name: 'no such project',
    path: at('commerce/none'),
    ready: (page) => page.getByRole('heading', { name: 'There is no such project here' }).waitFor(),
  },
  {
    name: 'slot of a project',
    path: at(checkout, '?slot=commerce/checkout@production'),
    ready: (page) => page.getByRole('dialog').getByText('History').waitFor(),
  },
  {
    name: 'deployments of a project',
    path: at(checkout, '/deployments'),
    ready: (page) => page.getByRole('article').first().waitFor(),
  },
  {
    name: 'changes of a project',
    path: at('commerce/orders', '/changes'),
    ready: (page) => page.getByText('no longer live').waitFor(),
  },
  {
    name: 'waiting changes of a project',
    path: at('commerce/orders', '/changes?view=waiting'),
    ready: (page) => page.getByText('waits').first().waitFor(),
  },
];

const environmentScenes: readonly Scene[] = [
  {
    name: 'environments',
    path: at(checkout, '/environments'),
    ready: (page) => page.getByRole('button', { name: /^Delete review/ }).waitFor(),
  },
  {
    name: 'environment form',
    path: at(checkout, '/environments'),
    ready: async (page) => {
      await press(page, 'New environment');
      await page.getByRole('textbox', { name: 'Name' }).fill('pre-production');
    },
  },
  {
    name: 'stop an environment',
    path: at(checkout, '/environments'),
    ready: async (page) => {
      await press(page, 'Stop production');
      await page.getByRole('dialog').waitFor();
    },
  },
];

const settings: readonly Scene[] = [
  {
    name: 'general settings',
    path: at(checkout, '/settings'),
    ready: (page) => page.getByRole('button', { name: 'Delete…' }).waitFor(),
  },
  {
    name: 'general settings of a developer',
    path: at(checkout, '/settings'),
    who: 'developer',
    ready: (page) => page.getByText('Maintainers and owners of the project change this.').waitFor(),
  },
  {
    name: 'path of a project',
    path: at(checkout, '/settings'),
    ready: async (page) => {
      await press(page, 'Change the path…');
      await page.getByRole('textbox', { name: 'Path in commerce' }).fill('till');
    },
  },
  {
    name: 'delete a project',
    path: at(checkout, '/settings'),
    ready: async (page) => {
      await press(page, 'Delete…');
      await page.getByRole('textbox', { name: `Type ${checkout} to confirm` }).fill('commerce');
    },
  },
  {
    name: 'audit log',
    path: at(checkout, '/settings/audit'),
    who: 'maintainer',
    ready: (page) => page.getByRole('row', { name: /Protected production/ }).waitFor(),
  },
  {
    name: 'audit log refused',
    path: at(checkout, '/settings/audit'),
    who: 'developer',
    ready: (page) => page.getByRole('heading', { name: 'Only maintainers of the project' }).waitFor(),
  },
];

export const projectScenes: SceneArea = { prepare, scenes: [...pages, ...environmentScenes, ...settings] };
