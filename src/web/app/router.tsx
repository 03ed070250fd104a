import { createRoute, createRouter } from '@tanstack/react-router';
import { parseFlatSearch, stringifyFlatSearch } from '../lib/flat-search.ts';
import { BrokenView } from './broken-page.tsx';
import { lazyPage } from './lazy-page.ts';
import { projectPages } from './projects/project-routes.tsx';
import { settingsPages } from './settings/settings-routes.tsx';
import { type RouterContext, root, shell, validateSearch } from './shell-route.tsx';

const matrix = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch,
  component: lazyPage(() => import('./matrix-page.tsx'), 'MatrixPage'),
});

const activity = createRoute({
  getParentRoute: () => shell,
  path: '/activity',
  validateSearch,
  component: lazyPage(() => import('./activity-page.tsx'), 'ActivityPage'),
});

const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/inbox',
  validateSearch,
  component: lazyPage(() => import('./inbox-page.tsx'), 'InboxPage'),
});

const changes = createRoute({
  getParentRoute: () => shell,
  path: '/changes',
  validateSearch,
  component: lazyPage(() => import('./changes-page.tsx'), 'ChangesPage'),
});

const change = createRoute({
  getParentRoute: () => shell,
  path: '/changes/$project/$number',
  validateSearch,
  component: lazyPage(() => import('./change-page.tsx'), 'ChangePage'),
});

const deployment = createRoute({
  getParentRoute: () => shell,
  path: '/deployments/$number',
  validateSearch,
  component: lazyPage(() => import('./deployment-page.tsx'), 'DeploymentPage'),
});

const add = createRoute({
  getParentRoute: () => shell,
  path: '/add',
  validateSearch,
  component: lazyPage(() => import('./add-page.tsx'), 'AddPage'),
});

/** What no other page has as its address, with the same header around it. */
const notFound = createRoute({
  getParentRoute: () => shell,
  path: '$',
  validateSearch,
  component: lazyPage(() => import('./not-found-page.tsx'), 'NotFoundPage'),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch,
  component: lazyPage(() => import('./sign-in-page.tsx'), 'SignInPage'),
});

/** In development only: a build holds nothing of it. */
const gallery = import.meta.env.DEV
  ? [
      createRoute({
        getParentRoute: () => root,
        path: '/_ui',
        component: lazyPage(() => import('./gallery/gallery-page.tsx'), 'GalleryPage'),
      }),
    ]
  : [];

const places = [matrix, activity, changes, change, inbox, deployment, add] as const;
const pages = [...places, projectPages, settingsPages, notFound] as const;
const routeTree = root.addChildren([shell.addChildren(pages), signIn, ...gallery]);

export function createAppRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    context,
    parseSearch: parseFlatSearch,
    stringifySearch: stringifyFlatSearch,
    defaultErrorComponent: BrokenView,
    defaultPreload: 'intent',
    defaultPendingMs: 0,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
