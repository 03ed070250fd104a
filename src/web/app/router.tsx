import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { type FlatSearch, parseFlatSearch, stringifyFlatSearch } from '../lib/flat-search.ts';
import type { PageServices } from '../lib/page-services.tsx';
import { sessionQuery } from '../lib/session-query.ts';
import { AppShell } from './app-shell.tsx';
import { BrokenPage } from './broken-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';

interface RouterContext {
  readonly services: PageServices;
  readonly cache: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({
  errorComponent: BrokenPage,
  notFoundComponent: NotFoundPage,
});

const validateSearch = (search: FlatSearch): FlatSearch => search;

/** Pages for readers: whoever may not read goes to the sign-in page first, and comes back. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: AppShell,
  validateSearch,
  beforeLoad: async ({ context: { services, cache }, location }) => {
    const session = await cache.ensureQueryData(sessionQuery(services.client));
    const maySee = session.signed_in || session.public_read;
    if (!maySee || session.password_change_required)
      throw redirect({ to: '/sign-in', search: { next: location.href } });
  },
});

const matrix = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch,
  component: lazyRouteComponent(() => import('./matrix-page.tsx'), 'MatrixPage'),
});

const activity = createRoute({
  getParentRoute: () => shell,
  path: '/activity',
  validateSearch,
  component: lazyRouteComponent(() => import('./activity-page.tsx'), 'ActivityPage'),
});

const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/inbox',
  validateSearch,
  component: lazyRouteComponent(() => import('./inbox-page.tsx'), 'InboxPage'),
});

const hooks = createRoute({
  getParentRoute: () => shell,
  path: '/projects/$project/hooks',
  validateSearch,
  component: lazyRouteComponent(() => import('./hooks-page.tsx'), 'HooksPage'),
});

const repository = createRoute({
  getParentRoute: () => shell,
  path: '/projects/$project/repository',
  validateSearch,
  component: lazyRouteComponent(() => import('./repository-page.tsx'), 'RepositoryPage'),
});

const changes = createRoute({
  getParentRoute: () => shell,
  path: '/changes',
  validateSearch,
  component: lazyRouteComponent(() => import('./changes-page.tsx'), 'ChangesPage'),
});

const change = createRoute({
  getParentRoute: () => shell,
  path: '/changes/$project/$number',
  validateSearch,
  component: lazyRouteComponent(() => import('./change-page.tsx'), 'ChangePage'),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch,
  component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
});

const pages = [matrix, activity, changes, change, inbox, hooks, repository] as const;
const routeTree = root.addChildren([shell.addChildren(pages), signIn]);

export function createAppRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    context,
    parseSearch: parseFlatSearch,
    stringifySearch: stringifyFlatSearch,
    defaultPreload: 'intent',
    defaultPendingMs: 0,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
