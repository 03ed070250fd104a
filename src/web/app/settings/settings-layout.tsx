import { Link, Outlet } from '@tanstack/react-router';
import { useSession } from '../../lib/use-session.ts';
import { ScrollPage, SettingsGrid, sideLink } from '../../ui/page.tsx';

const parts = [
  {
    word: 'Yours',
    pages: [
      { to: '/settings', word: 'Profile', exact: true, admin: false },
      { to: '/settings/notifications', word: 'Notifications', exact: false, admin: false },
      { to: '/settings/tokens', word: 'Tokens', exact: false, admin: false },
    ],
  },
  {
    word: 'Server',
    pages: [
      { to: '/settings/groups', word: 'Groups', exact: false, admin: false },
      { to: '/settings/users', word: 'Users', exact: false, admin: true },
      { to: '/settings/retention', word: 'Retention', exact: false, admin: true },
      { to: '/settings/audit', word: 'Audit log', exact: false, admin: true },
    ],
  },
] as const;

/** The reader's own settings and, for administrators, those of the server. */
export function SettingsLayout() {
  const session = useSession();
  const isAdmin = session?.scopes.includes('admin') ?? false;
  const links = parts.map((part) => (
    <div key={part.word} className="flex gap-0.5 md:flex-col md:pb-3">
      <p className="hidden px-2.5 pb-1 text-sm text-muted md:block">{part.word}</p>
      {part.pages
        .filter(({ admin }) => isAdmin || !admin)
        .map(({ to, word, exact }) => (
          <Link key={to} to={to} search={{}} activeOptions={{ exact, includeSearch: false }} className={sideLink}>
            {word}
          </Link>
        ))}
    </div>
  ));
  return (
    <ScrollPage>
      <p className="px-4 pt-5 pb-1 text-xl font-semibold">Settings</p>
      <SettingsGrid label="Settings" links={links}>
        <Outlet />
      </SettingsGrid>
    </ScrollPage>
  );
}
