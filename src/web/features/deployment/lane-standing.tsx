import { Link } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight, CircleDot, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DeploymentDetails, LaneNeighbour } from '../../../contract/deployment-details.ts';
import { visibleMarks } from '../../lib/visible-marks.ts';
import { Pane, Panes } from '../../ui/panes.tsx';
import { PrintedMoment } from '../../ui/printed-moment.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { neighbourName } from './deployment-words.ts';

/** What ran there before it, and what came after it. */
export function LaneStanding({ details }: { details: DeploymentDetails }) {
  const { before, after, live, succeeded_at: succeeded, rolled_back: rolledBack, deployment } = details;
  if (succeeded === null && details.finished_at === null) return <YetToCome details={details} />;
  const environment = visibleMarks(deployment.environment);
  return (
    <Panes>
      <Pane
        heading="h2"
        title={succeeded === null ? 'Live before it' : 'Replaced'}
        icon={<ArrowLeft aria-hidden size={12} />}
      >
        {before ? <Neighbour neighbour={before} /> : <Nothing>Nothing was live in {environment} before.</Nothing>}
      </Pane>
      <Pane
        heading="h2"
        title={succeeded === null ? 'Live after it' : rolledBack ? 'Rolled back by' : 'Replaced by'}
        icon={rolledBack ? <Undo2 aria-hidden size={12} /> : <ArrowRight aria-hidden size={12} />}
      >
        {after ? (
          <Neighbour neighbour={after} />
        ) : (
          <Nothing>
            {live ? `Nothing yet: it is what runs in ${environment}.` : 'Nothing has succeeded there since.'}
          </Nothing>
        )}
      </Pane>
    </Panes>
  );
}

/** It has not changed the environment yet: what it would find there. */
function YetToCome({ details: { deployment, live_now: now } }: { details: DeploymentDetails }) {
  const environment = visibleMarks(deployment.environment);
  return (
    <Panes>
      <Pane heading="h2" title="Runs there now" icon={<CircleDot aria-hidden size={12} />}>
        {now ? <Neighbour neighbour={now} /> : <Nothing>Nothing runs in {environment} yet.</Nothing>}
      </Pane>
      <Pane heading="h2" title="Once it succeeds" icon={<ArrowRight aria-hidden size={12} />}>
        <Nothing>
          {now ? `It would replace ${neighbourName(now)}.` : `It would be the first in ${environment}.`}
        </Nothing>
      </Pane>
    </Panes>
  );
}

function Neighbour({ neighbour }: { neighbour: LaneNeighbour }) {
  const { deployment, at } = neighbour;
  return (
    <p className="flex flex-wrap items-baseline gap-x-2">
      <Link
        to="/deployments/$number"
        params={{ number: String(deployment) }}
        className="min-w-0 rounded-[3px] font-mono font-semibold break-all hover:underline"
      >
        {neighbourName(neighbour)}
      </Link>
      <span className="text-sm text-muted">
        #{deployment} · <RelativeTime at={at} />
        <PrintedMoment at={at} />
      </span>
    </p>
  );
}

function Nothing({ children }: { children: ReactNode }) {
  return <p className="text-muted">{children}</p>;
}
