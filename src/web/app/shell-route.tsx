import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router';
import type { FlatSearch } from '../lib/flat-search.ts';
import type { PageServices } from '../lib/page-services.tsx';
import { sessionQuery } from '../lib/session-query.ts';
import { AppShell } from './app-shell.tsx';
import { BrokenPage } from './broken-page.tsx';

export interface RouterContext {
  readonly services: PageServices;
  readonly cache: QueryClient;
}

export const root = createRootRouteWithContext<RouterContext>()({
  errorComponent: BrokenPage,
});

/** Each page reads of the query what it knows. */
export const validateSearch = (search: FlatSearch): FlatSearch => search;

/**
 * Pages for readers: whoever may not read goes to the sign-in page first, and comes back. Where the session ends while
 * somebody is at work, the shell asks over what is shown.
 */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: AppShell,
  errorComponent: BrokenPage,
  validateSearch,
  beforeLoad: async ({ context: { services, cache }, location, cause }) => {
    if (cause === 'stay') return;
    const session = await cache.ensureQueryData(sessionQuery(services.client));
    const maySee = session.signed_in || session.public_read;
    if (!maySee || session.password_change_required)
      throw redirect({ to: '/sign-in', search: { next: location.href } });
  },
});
