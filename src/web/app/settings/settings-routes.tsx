import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../lazy-page.ts';
import { shell, validateSearch } from '../shell-route.tsx';

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  validateSearch,
  component: lazyPage(() => import('./settings-layout.tsx'), 'SettingsLayout'),
});

const profile = createRoute({
  getParentRoute: () => settings,
  path: '/',
  validateSearch,
  component: lazyPage(() => import('./profile-page.tsx'), 'ProfilePage'),
});

const notifications = createRoute({
  getParentRoute: () => settings,
  path: '/notifications',
  validateSearch,
  component: lazyPage(() => import('./notifications-page.tsx'), 'NotificationsPage'),
});

const tokens = createRoute({
  getParentRoute: () => settings,
  path: '/tokens',
  validateSearch,
  component: lazyPage(() => import('./tokens-page.tsx'), 'TokensPage'),
});

const users = createRoute({
  getParentRoute: () => settings,
  path: '/users',
  validateSearch,
  component: lazyPage(() => import('./users-page.tsx'), 'UsersPage'),
});

const groups = createRoute({
  getParentRoute: () => settings,
  path: '/groups',
  validateSearch,
  component: lazyPage(() => import('./groups-page.tsx'), 'GroupsPage'),
});

const group = createRoute({
  getParentRoute: () => settings,
  path: '/groups/$group',
  validateSearch,
  component: lazyPage(() => import('./group-page.tsx'), 'GroupPage'),
});

const retention = createRoute({
  getParentRoute: () => settings,
  path: '/retention',
  validateSearch,
  component: lazyPage(() => import('./retention-page.tsx'), 'RetentionPage'),
});

const audit = createRoute({
  getParentRoute: () => settings,
  path: '/audit',
  validateSearch,
  component: lazyPage(() => import('./server-audit-page.tsx'), 'ServerAuditPage'),
});

/** The reader's own settings, and those of the server. */
export const settingsPages = settings.addChildren([
  profile,
  notifications,
  tokens,
  users,
  groups,
  group,
  retention,
  audit,
]);
