import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import { useMemo } from 'react';
import type { WaitingChange } from '../../../contract/changes.ts';
import type { FlatSearch } from '../../lib/flat-search.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { nameAt } from '../../lib/project-name.ts';
import { formatDuration, formatMoment } from '../../lib/time-format.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyNotice } from '../../ui/notice.tsx';
import { useNow } from '../../ui/now.tsx';
import { textLink } from '../../ui/text-link.ts';
import { ChangeLine } from './change-line.tsx';
import { ChangesEmpty } from './changes-empty.tsx';
import { ChangesFrame } from './changes-frame.tsx';
import { type ChangesSearch, noChangesFilters, waitingQueryOf } from './changes-search.ts';
import { PlaceMark } from './place-mark.tsx';
import { waitingQuery } from './waiting-query.ts';

interface WaitingViewProps {
  readonly search: ChangesSearch;
  readonly onSearch: (patch: FlatSearch) => void;
  /** The project is no filter: it is one of its pages. */
  readonly ofProject?: boolean;
}

/** What is live in one environment and not in the next: since when, and whose. */
export function WaitingView({ search, onSearch, ofProject = false }: WaitingViewProps) {
  const { client } = usePageServices();
  const query = useMemo(() => waitingQueryOf(search), [search]);
  const list = useInfiniteQuery(waitingQuery(client, query));
  const isFiltered = Object.keys(query).some((name) => name !== 'project' || !ofProject);
  return (
    <ChangesFrame
      label="Waiting for the next environment, oldest first"
      failed="What waits could not be loaded"
      project={search.project}
      list={list}
      empty={(standing) =>
        standing?.state === 'none' ? (
          <ChangesEmpty standing={standing} project={search.project} />
        ) : isFiltered ? (
          <EmptyNotice title="No change that waits fits">
            <p className="pb-3">Try fewer filters, or other words.</p>
            <Button onClick={() => onSearch(noChangesFilters)}>Clear all filters</Button>
          </EmptyNotice>
        ) : (
          <EmptyNotice title="Nothing waits">Each environment has all that the one before it has.</EmptyNotice>
        )
      }
      head={
        <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-b px-4 pt-4 pb-1.5">
          <h2 className="font-semibold">
            In one environment and not in the next, oldest first{' '}
            <span className="pl-1 font-normal text-muted">{list.data?.pages[0]?.total.toLocaleString()}</span>
          </h2>
          <Link
            to="/"
            search={{ status: 'waiting', q: search.project && nameAt(search.project) }}
            className={`text-sm md:ml-auto ${textLink}`}
          >
            Deployments that wait for approval
          </Link>
        </div>
      }
    >
      {(change) => (
        <ChangeLine
          key={`${change.project}!${change.number} ${change.to.environment}`}
          change={change}
          ofProject={ofProject}
        >
          <Wait change={change} />
        </ChangeLine>
      )}
    </ChangesFrame>
  );
}

/** Who waits longer is shown in colour. */
const longWaitMs = 7 * 86_400_000;

/** `staging → production, waits 12d 3h`. */
function Wait({ change: { from, to, waiting_since: since } }: { change: WaitingChange }) {
  const then = Date.parse(since);
  const text = useNow((now) => formatDuration(Math.max(60_000, now - then - ((now - then) % 60_000))));
  const long = useNow((now) => now - then > longWaitMs);
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2 md:justify-end">
      <PlaceMark place={{ ...from, state: 'live' }} />
      <ArrowRight aria-label="not in" size={12} className="shrink-0 text-muted" />
      <PlaceMark place={{ ...to, deployed_at: null, deployment: null }} />
      <span className="text-sm whitespace-nowrap text-muted md:w-28 md:text-right">
        waits{' '}
        <time
          dateTime={since}
          data-tip={formatMoment(then)}
          className={long ? 'font-medium text-waiting' : 'text-soft'}
        >
          {text}
        </time>
      </span>
    </span>
  );
}
