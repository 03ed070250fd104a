import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { withLags } from '../features/matrix/lagged-matrix.ts';
import { MatrixBar } from '../features/matrix/matrix-bar.tsx';
import { MatrixGrid } from '../features/matrix/matrix-grid.tsx';
import { MatrixList } from '../features/matrix/matrix-list.tsx';
import { noFilters, parseMatrixSearch, type SearchPatch } from '../features/matrix/matrix-search.ts';
import { MatrixSkeleton } from '../features/matrix/matrix-skeleton.tsx';
import { viewMatrix } from '../features/matrix/matrix-view.ts';
import { behindQuery } from '../lib/behind-query.ts';
import { isTyping, toggled } from '../lib/flat-search.ts';
import { useLiveRefresh } from '../lib/live/use-live-refresh.ts';
import { useStreamStatus } from '../lib/live/use-stream-status.ts';
import { matrixQuery } from '../lib/matrix-query.ts';
import { mayWrite } from '../lib/may-write.ts';
import { usePageServices } from '../lib/page-services.tsx';
import { failureText } from '../lib/refusal.ts';
import { useChangeNews } from '../lib/use-change-news.ts';
import { useNarrow } from '../lib/use-narrow.ts';
import { useSession } from '../lib/use-session.ts';
import { Button } from '../ui/button.tsx';
import { EmptyNotice, FailureBar, FailurePage } from '../ui/notice.tsx';
import { useNow, wholeMinute } from '../ui/now.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { SlotOverlay, useOpenSlot } from './slot-overlay.tsx';

const PipelineGuide = lazy(() =>
  import('../features/first-run/pipeline-guide.tsx').then((file) => ({ default: file.PipelineGuide })),
);

/** What comes together is fetched together; short, as somebody may be watching a deployment. */
const refreshPauseMs = 60;
/** Without the stream, the page still asks now and then. */
const pollMs = 15_000;
/** For what comes without an event: a repository that was read. */
const behindPollMs = 60_000;

export function MatrixPage() {
  const services = usePageServices();
  const flat = useSearch({ from: '/shell/' });
  const navigate = useNavigate({ from: '/' });
  const location = useLocation();
  const session = useSession();
  const live = useStreamStatus().state === 'live';
  const matrix = useQuery({ ...matrixQuery(services), refetchInterval: live ? false : pollMs });
  useLiveRefresh(matrix, {
    pauseMs: refreshPauseMs,
    refresh: async () => {
      // An answer on its way may be older than the event: wait for it, then ask for what it lacks.
      if (matrix.isFetching) await matrix.refetch({ cancelRefetch: false });
      await matrix.refetch();
    },
  });
  const behind = useQuery({
    ...behindQuery(services.client),
    enabled: matrix.data !== undefined && matrix.data.rows.length > 0,
    refetchInterval: live ? behindPollMs : pollMs,
  });
  useChangeNews(behind);
  const lags = behind.data?.items;
  const shown = useMemo(() => matrix.data && withLags(matrix.data, lags ?? []), [matrix.data, lags]);
  const narrow = useNarrow();
  const search = useMemo(() => parseMatrixSearch(flat), [flat]);
  const minute = useNow(wholeMinute);
  const username = session?.username ?? null;
  const view = useMemo(
    () => shown && viewMatrix(shown, search, { username, now: minute }),
    [shown, search, username, minute],
  );
  const onSearch = useCallback(
    (patch: SearchPatch) =>
      navigate({ search: (before) => ({ ...before, ...patch }), replace: isTyping(patch) || 'fold' in patch }),
    [navigate],
  );
  const onOpen = useOpenSlot();
  const [setsUp, setSetsUp] = useState(false);

  if (!shown || !view) {
    return (
      <>
        <PageTitle>Matrix</PageTitle>
        {matrix.isError ? (
          <FailurePage
            title="The matrix could not be loaded"
            why={failureText(matrix.error)}
            onRetry={() => matrix.refetch()}
          />
        ) : (
          <MatrixSkeleton />
        )}
      </>
    );
  }
  const empty = shown.rows.length === 0;
  // Who sets up the first pipeline sees it arrive there, and goes on by pressing.
  if (empty && !setsUp && mayWrite(session)) setSetsUp(true);
  return (
    <>
      <PageTitle>Matrix</PageTitle>
      {matrix.isError ? (
        <FailureBar
          title="What is shown may be old."
          why={failureText(matrix.error)}
          onRetry={() => matrix.refetch()}
        />
      ) : null}
      {(empty || setsUp) && session ? (
        <Suspense fallback={<MatrixSkeleton />}>
          <PipelineGuide
            session={session}
            isFirst
            search={flat}
            onSearch={(asked) => navigate({ search: asked, replace: true })}
            onLeave={() => setSetsUp(false)}
          />
        </Suspense>
      ) : (
        <>
          <MatrixBar
            view={view}
            columns={shown.columns}
            search={search}
            address={location.searchStr}
            username={username}
            narrow={narrow}
            onSearch={onSearch}
          />
          <div className="min-h-0 flex-1">
            {view.items.length === 0 ? (
              <EmptyNotice title="No service fits">
                <p className="pb-3">None of {shown.rows.length} services has what these filters ask for.</p>
                <Button onClick={() => onSearch({ ...noFilters, hide: undefined })}>Clear all filters</Button>
              </EmptyNotice>
            ) : narrow ? (
              <MatrixList
                view={view}
                onOpen={onOpen}
                onFold={(namespace) => onSearch({ fold: toggled(search.fold, namespace) })}
              />
            ) : (
              <MatrixGrid matrix={shown} view={view} search={search} onSearch={onSearch} onOpen={onOpen} />
            )}
          </div>
        </>
      )}
      <SlotOverlay search={flat} />
    </>
  );
}
