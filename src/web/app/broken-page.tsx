import { useRouter } from '@tanstack/react-router';
import { ShiplogError, UnreachableError } from '../../client/shiplog-error.ts';
import { FailurePage } from '../ui/notice.tsx';
import { PageTitle } from '../ui/page-title.tsx';

/** When a page could not even start: the server is away, or the page itself broke. */
export function BrokenPage({ error }: { error: unknown }) {
  const router = useRouter();
  const shown = error instanceof Error ? error : new Error(String(error));
  const byServer = error instanceof ShiplogError || error instanceof UnreachableError;
  return (
    <main>
      <PageTitle>Shiplog</PageTitle>
      <FailurePage
        title={byServer ? 'The server does not answer' : 'This page broke'}
        error={shown}
        onRetry={() => (byServer ? router.invalidate() : location.reload())}
      />
    </main>
  );
}
