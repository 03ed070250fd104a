import { Link, Outlet, useNavigate, useRouter, useRouterState } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { InboxTab } from '../features/approvals/inbox-tab.tsx';
import { LiveLight } from '../features/live/live-light.tsx';
import { SlowLine } from '../features/live/slow-line.tsx';
import { WatchWhereAsked } from '../features/notifications/watch-where-asked.tsx';
import { AccountMenu } from '../features/session/account-menu.tsx';
import { lazyPart, soonPart } from '../lib/lazy-part.tsx';
import { usePageServices } from '../lib/page-services.tsx';
import { useSession } from '../lib/use-session.ts';
import { buttonLook } from '../ui/button.tsx';
import { commandKey, Keys } from '../ui/keys.tsx';
import { Logo } from '../ui/logo.tsx';
import { usePageArrival } from './use-page-arrival.ts';
import { useRefusedChange } from './use-refused-change.ts';
import { useShortcuts } from './use-shortcuts.ts';

const SearchPalette = soonPart(
  'The search',
  async () => (await import('../features/search/search-palette.tsx')).SearchPalette,
);
const ShortcutsDialog = lazyPart(
  'The list of shortcuts',
  async () => (await import('./shortcuts-dialog.tsx')).ShortcutsDialog,
);
const ChangePasswordDialog = lazyPart(
  'The form for a new password',
  async () => (await import('../features/session/change-password-dialog.tsx')).ChangePasswordDialog,
);
const SessionEnded = soonPart(
  'The way to sign in again',
  async () => (await import('../features/session/session-ended.tsx')).SessionEnded,
);

type Overlay = 'search' | 'shortcuts' | 'password' | undefined;

const tab =
  'flex h-8 shrink-0 items-center rounded px-2.5 font-medium text-muted transition-colors duration-100 hover:text-fg aria-[current=page]:bg-hover aria-[current=page]:text-fg max-md:px-1.5 max-md:text-sm md:h-7';

/** What every page for readers has around it. */
export function AppShell() {
  const { live } = usePageServices();
  const session = useSession();
  const router = useRouter();
  const navigate = useNavigate();
  const [overlay, setOverlay] = useState<Overlay>();
  const close = () => setOverlay(undefined);
  useEffect(() => live.open(), [live]);
  const change = useRefusedChange(session?.signed_in === true);
  usePageArrival();
  const shortcuts = {
    'mod+k': () => setOverlay('search'),
    '?': () => setOverlay('shortcuts'),
    '/': () => document.querySelector<HTMLInputElement>('[data-page-filter]')?.select(),
    'g m': () => navigate({ to: '/' }),
    'g a': () => navigate({ to: '/activity' }),
    'g c': () => navigate({ to: '/changes' }),
    'g i': () => navigate({ to: '/inbox' }),
    'g s': () => navigate({ to: '/settings' }),
  };
  // While an overlay's chunk is still on its way, what is typed for it must not go anywhere.
  useShortcuts(overlay === undefined ? shortcuts : {});
  const signedOut = () =>
    session?.public_read
      ? router.invalidate()
      : navigate({ to: '/sign-in', search: { next: router.state.location.href }, ignoreBlocker: true });
  if (!session) return null;
  const ended = !session.signed_in && !session.public_read;
  return (
    <div className="flex h-full flex-col">
      <a
        href="#main"
        className="sr-only rounded bg-inverse px-3 py-1.5 text-on-inverse focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50"
      >
        Skip to the content
      </a>
      <header className="flex h-12 shrink-0 items-center gap-1 border-b px-4 max-md:px-3">
        <Link
          to="/"
          aria-label="Shiplog"
          className="mr-3 flex items-center gap-2 rounded text-lg font-semibold tracking-tight max-md:mr-1 max-sm:hidden"
        >
          <Logo />
          <span className="max-md:sr-only">Shiplog</span>
        </Link>
        <nav
          aria-label="Pages"
          className="-m-[3px] flex min-w-0 gap-0.5 overflow-x-auto p-[3px] [scrollbar-width:none]"
        >
          <Link to="/" className={tab}>
            Matrix
          </Link>
          <Link to="/activity" className={tab}>
            Activity
          </Link>
          <Link to="/changes" className={tab}>
            Changes
          </Link>
          {session.signed_in ? (
            <Link to="/inbox" className={tab}>
              <InboxTab />
            </Link>
          ) : null}
        </nav>
        <span className="flex-1" />
        <LiveLight />
        <button
          type="button"
          aria-label="Search"
          aria-keyshortcuts="Meta+K Control+K"
          onClick={() => setOverlay('search')}
          className="flex h-8 items-center gap-2 rounded border border-line-strong px-2 text-muted transition-colors duration-100 hover:bg-hover hover:text-fg md:mx-1 md:h-7 md:w-52"
        >
          <Search aria-hidden size={14} />
          <span className="flex-1 text-left max-md:hidden">Search</span>
          <span aria-hidden className="max-md:hidden">
            <Keys of={`${commandKey()} K`} />
          </span>
        </button>
        {session.signed_in ? null : <SignInLink />}
        <AccountMenu
          session={session}
          onSettings={() => navigate({ to: '/settings' })}
          onAdd={() => navigate({ to: '/add', search: {} })}
          onShortcuts={() => setOverlay('shortcuts')}
          onChangePassword={() => setOverlay('password')}
          onSignedOut={signedOut}
        />
      </header>
      <SlowLine />
      <WatchWhereAsked />
      {ended || change.isRefused || session.password_change_required ? <SessionEnded onLetBe={change.letBe} /> : null}
      {overlay === 'search' ? <SearchPalette onClose={close} /> : null}
      {overlay === 'shortcuts' ? <ShortcutsDialog onClose={close} /> : null}
      {overlay === 'password' ? <ChangePasswordDialog onClose={close} /> : null}
      <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 flex-col focus:outline-none">
        <Outlet />
      </main>
    </div>
  );
}

/** Leads back here, wherever the reader is by then. */
function SignInLink() {
  const here = useRouterState({ select: ({ location }) => location.href });
  return (
    <Link to="/sign-in" search={{ next: here }} className={buttonLook('primary')}>
      Sign in
    </Link>
  );
}
