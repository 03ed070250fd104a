import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { ShiplogError } from '../../client/shiplog-error.ts';
import type { Session } from '../../contract/access.ts';
import type { PageServices } from '../lib/page-services.tsx';
import { sessionQuery } from '../lib/session-query.ts';

/**
 * Keeps what is shown to the one who is asking. The session is asked for anew whenever something may have been missed,
 * since it may have ended, or another tab may have signed in or out. What another reader has read is forgotten; what the
 * same one has is fetched again when they are back.
 */
export function watchSession(cache: QueryClient, { client, live }: PageServices): void {
  const { queryKey } = sessionQuery(client);
  const askAnew = () => cache.invalidateQueries({ queryKey });
  live.onCatchUp(askAnew);
  live.onStatus(() => {
    if (live.status().state === 'refused') askAnew();
  });

  let reader: string | undefined;
  let isAway = false;
  const meet = (session: Session) => {
    const now = readerOf(session);
    const hasEnded = now === everyone && reader !== undefined && reader !== everyone;
    if (now === undefined || hasEnded) {
      if (hasEnded && !isAway) showToEveryone(cache);
      isAway = true;
      return;
    }
    if (reader !== undefined && now !== reader) forget(cache);
    else if (isAway) cache.invalidateQueries(others);
    if (isAway && live.status().state === 'refused') live.restart();
    reader = now;
    isAway = false;
  };
  cache.getQueryCache().subscribe((change) => {
    if (change.type !== 'updated' || change.action.type !== 'success' || !isSession(change.query.queryKey)) return;
    const session = cache.getQueryData(queryKey);
    if (session) meet(session);
  });
}

/** Where reading is open, whoever is not signed in. */
const everyone = 'everyone';

const isSession = (queryKey: QueryKey) => queryKey[0] === 'session';
const others = { predicate: ({ queryKey }: { readonly queryKey: QueryKey }) => !isSession(queryKey) };

/** Who reads, as text to compare; undefined: nobody may, now. */
function readerOf(session: Session): string | undefined {
  if (session.password_change_required) return undefined;
  if (!session.signed_in) return session.public_read ? everyone : undefined;
  return JSON.stringify([session.username ?? session.name, session.scopes]);
}

/** What is shown is fetched anew from nothing; a fetch under way is dropped with what it was to be added to. */
function forget(cache: QueryClient): void {
  cache.removeQueries({ ...others, type: 'inactive' });
  cache.resetQueries(others);
}

/**
 * The session ended where reading is open: what is on the page stays, as what is being typed there, and is fetched as
 * everyone sees it, but for what has just been refused to them.
 */
function showToEveryone(cache: QueryClient): void {
  cache.removeQueries({ ...others, type: 'inactive' });
  cache.invalidateQueries({
    predicate: ({ queryKey, state }) =>
      !isSession(queryKey) && !(state.error instanceof ShiplogError && state.error.status === 401),
  });
}
