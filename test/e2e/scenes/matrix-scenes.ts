import { slotCell } from '../signed-in-page.ts';
import type { SceneArea } from './scene.ts';

export const matrixScenes: SceneArea = {
  scenes: [
    {
      name: 'matrix',
      path: '/',
      only: 'wide',
      ready: (page) => slotCell(page, 'commerce/checkout in dev').waitFor(),
    },
    { name: 'matrix', path: '/', only: 'narrow', ready: (page) => page.getByRole('article').first().waitFor() },
    {
      name: 'matrix with filters',
      path: '/?status=failure&pin=production',
      only: 'wide',
      ready: (page) => page.getByRole('gridcell').first().waitFor(),
    },
    {
      name: 'matrix in compact rows',
      path: '/?density=compact&fold=data',
      only: 'wide',
      ready: (page) => page.getByRole('gridcell').first().waitFor(),
    },
    {
      name: 'matrix with folded namespaces',
      path: '/?fold=commerce&fold=data',
      only: 'narrow',
      ready: (page) => page.getByRole('article').first().waitFor(),
    },
    {
      name: 'saved views',
      path: '/?status=failure',
      ready: async (page) => {
        await page.getByRole('button', { name: 'Views' }).click();
        await page.getByLabel('Save what is shown now').fill('On fire');
        await page.getByRole('button', { name: 'Save', exact: true }).click();
        await page.getByRole('link', { name: 'On fire' }).waitFor();
      },
    },
    {
      name: 'slot drawer',
      path: '/?slot=commerce/payments@staging',
      ready: (page) => page.getByRole('region', { name: 'History' }).getByRole('button').first().waitFor(),
    },
    {
      name: 'approvals in the slot drawer',
      path: '/?slot=platform/gateway@production',
      ready: (page) => page.getByRole('region', { name: 'Approvals' }).getByRole('button').first().waitFor(),
    },
    {
      name: 'search',
      path: '/',
      ready: async (page) => {
        await page.getByText('checkout').first().waitFor();
        await page.keyboard.press('Control+k');
        await page.getByRole('combobox').fill('check');
        await page.getByRole('option', { name: /check/ }).first().waitFor();
      },
    },
    {
      name: 'first run',
      path: '/',
      who: 'newcomer',
      ready: (page) => page.getByRole('heading', { name: 'Report your first deployment' }).waitFor(),
    },
    {
      name: 'sign in',
      path: '/sign-in',
      who: 'nobody',
      ready: (page) => page.getByRole('button', { name: 'Sign in' }).waitFor(),
    },
  ],
};
