import { type PromotedProject, promoteProject } from '../promoted-project.ts';
import type { SceneArea } from './scene.ts';

let promoted: PromotedProject;
const pageOf = (what: string) => () => `/deployments/${promoted.numbers.get(what)}`;

export const deploymentScenes: SceneArea = {
  prepare: async ({ server }) => {
    promoted = await promoteProject(server, 'commerce/basket');
  },
  scenes: [
    {
      name: 'deployment',
      path: pageOf('1.3.0 in production-eu'),
      ready: (page) => page.getByRole('region', { name: 'Lineage' }).getByRole('link').first().waitFor(),
    },
    {
      name: 'deployment that failed',
      path: pageOf('1.3.0 in production-us'),
      ready: (page) => page.getByRole('region', { name: 'Lineage' }).getByRole('link').first().waitFor(),
    },
    {
      name: 'deployment that was rolled back',
      path: pageOf('1.2.0 in production-eu'),
      ready: async (page) => {
        await page.getByRole('region', { name: 'Rolled back by' }).waitFor();
        await page.getByRole('region', { name: 'Raw events' }).getByRole('button').first().click();
      },
    },
    {
      name: 'deployment that is not there',
      path: '/deployments/1000000',
      ready: (page) => page.getByRole('heading', { name: 'There is no such deployment here' }).waitFor(),
    },
    {
      name: 'lineage graph',
      path: '/projects/commerce%2Fbasket/lineage?view=graph',
      ready: (page) => page.getByRole('list', { name: 'Deployments' }).getByRole('link').first().waitFor(),
      // A telephone shows the table, unless the graph is asked for; that scrolls in itself.
      only: 'wide',
    },
    {
      name: 'lineage table',
      path: '/projects/commerce%2Fbasket/lineage?view=table',
      ready: (page) => page.getByRole('table', { name: 'Promotions' }).waitFor(),
    },
    {
      name: 'lineage without promotions',
      path: '/projects/data%2Fledger/lineage',
      ready: (page) => page.getByRole('heading', { name: 'No promotion yet' }).waitFor(),
    },
  ],
};
