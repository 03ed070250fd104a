import { useRouter } from '@tanstack/react-router';
import { useCallback, useEffect, useRef } from 'react';
import { ShiplogError, UnreachableError } from '../../client/shiplog-error.ts';
import { useStreamStatus } from '../lib/live/use-stream-status.ts';
import { failureText } from '../lib/refusal.ts';
import { serverAnswers } from '../lib/server-answers.ts';
import { FailurePage } from '../ui/notice.tsx';
import { PageTitle } from '../ui/page-title.tsx';

/** When nothing could even start: the server is away, or the page itself broke. */
export function BrokenPage({ error }: { error: unknown }) {
  return (
    <main id="main">
      <BrokenView error={error} />
    </main>
  );
}

/** When one page broke; what is around it still leads elsewhere. It comes by itself once the server is back. */
export function BrokenView({ error }: { error: unknown }) {
  const router = useRouter();
  const { state } = useStreamStatus();
  const shown = error instanceof Error ? error : new Error(String(error));
  const byServer = error instanceof ShiplogError || error instanceof UnreachableError;
  const tryAgain = useCallback(async () => {
    if (error instanceof ShiplogError) return router.invalidate();
    // The router keeps a page that could not be fetched as broken; and there must be something to load it from.
    if (await serverAnswers()) location.reload();
  }, [error, router]);
  const wasAway = useRef(false);
  useEffect(() => {
    if (state !== 'live') wasAway.current = true;
    else if (wasAway.current && byServer) tryAgain();
  }, [state, byServer, tryAgain]);
  return (
    <>
      <PageTitle>{byServer ? 'No answer' : 'Broken page'}</PageTitle>
      <FailurePage
        title={byServer ? 'The server does not answer' : 'This page broke'}
        why={failureText(shown)}
        onRetry={tryAgain}
      />
    </>
  );
}
