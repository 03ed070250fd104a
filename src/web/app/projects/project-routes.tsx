import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../lazy-page.ts';
import { shell, validateSearch } from '../shell-route.tsx';

const project = createRoute({
  getParentRoute: () => shell,
  path: '/projects/$project',
  validateSearch,
  component: lazyPage(() => import('./project-layout.tsx'), 'ProjectLayout'),
});

const overview = createRoute({
  getParentRoute: () => project,
  path: '/',
  validateSearch,
  component: lazyPage(() => import('./overview-page.tsx'), 'OverviewPage'),
});

const deployments = createRoute({
  getParentRoute: () => project,
  path: '/deployments',
  validateSearch,
  component: lazyPage(() => import('./deployments-page.tsx'), 'DeploymentsPage'),
});

const environments = createRoute({
  getParentRoute: () => project,
  path: '/environments',
  validateSearch,
  component: lazyPage(() => import('./environments-page.tsx'), 'EnvironmentsPage'),
});

const changes = createRoute({
  getParentRoute: () => project,
  path: '/changes',
  validateSearch,
  component: lazyPage(() => import('./project-changes-page.tsx'), 'ProjectChangesPage'),
});

const lineage = createRoute({
  getParentRoute: () => project,
  path: '/lineage',
  validateSearch,
  component: lazyPage(() => import('./lineage-page.tsx'), 'LineagePage'),
});

const settings = createRoute({
  getParentRoute: () => project,
  path: '/settings',
  validateSearch,
  component: lazyPage(() => import('./project-settings-layout.tsx'), 'ProjectSettingsLayout'),
});

const general = createRoute({
  getParentRoute: () => settings,
  path: '/',
  validateSearch,
  component: lazyPage(() => import('./general-page.tsx'), 'GeneralPage'),
});

const members = createRoute({
  getParentRoute: () => settings,
  path: '/members',
  validateSearch,
  component: lazyPage(() => import('./members-page.tsx'), 'MembersPage'),
});

const tokens = createRoute({
  getParentRoute: () => settings,
  path: '/tokens',
  validateSearch,
  component: lazyPage(() => import('./project-tokens-page.tsx'), 'ProjectTokensPage'),
});

const protection = createRoute({
  getParentRoute: () => settings,
  path: '/protection',
  validateSearch,
  component: lazyPage(() => import('./protection-page.tsx'), 'ProtectionPage'),
});

const freezes = createRoute({
  getParentRoute: () => settings,
  path: '/freezes',
  validateSearch,
  component: lazyPage(() => import('./freezes-page.tsx'), 'FreezesPage'),
});

const repository = createRoute({
  getParentRoute: () => settings,
  path: '/repository',
  validateSearch,
  component: lazyPage(() => import('./repository-page.tsx'), 'RepositoryPage'),
});

const hooks = createRoute({
  getParentRoute: () => settings,
  path: '/hooks',
  validateSearch,
  component: lazyPage(() => import('./hooks-page.tsx'), 'HooksPage'),
});

const incoming = createRoute({
  getParentRoute: () => settings,
  path: '/incoming',
  validateSearch,
  component: lazyPage(() => import('./incoming-page.tsx'), 'IncomingPage'),
});

const audit = createRoute({
  getParentRoute: () => settings,
  path: '/audit',
  validateSearch,
  component: lazyPage(() => import('./audit-page.tsx'), 'AuditPage'),
});

const settingsPages = [general, members, tokens, protection, freezes, repository, hooks, incoming, audit] as const;

/** A project, and the settings of it. */
export const projectPages = project.addChildren([
  overview,
  deployments,
  environments,
  changes,
  lineage,
  settings.addChildren(settingsPages),
]);
