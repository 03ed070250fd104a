import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Attempt } from '../../lib/attempts.ts';
import { CopiedText } from '../../ui/copied-text.tsx';
import { CopyIconButton } from '../../ui/copy-button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { OutsideLink } from '../../ui/outside-link.tsx';
import { textLink } from '../../ui/text-link.ts';
import { StatusTimeline } from './status-timeline.tsx';

interface DeploymentLinkProps {
  readonly deployment: Attempt['head'];
}

/** The statuses of a deployment, and every field they carried. */
export function AttemptDetails({
  attempt: { events, facts, head },
  duration,
  approvals,
  changes,
}: {
  attempt: Attempt;
  duration: ReactNode;
  approvals: ReactNode;
  changes: ReactNode;
}) {
  return (
    <div className="mt-2 rounded border bg-surface text-sm">
      {approvals}
      {changes}
      <StatusTimeline events={events} />
      <div className="border-t px-3 py-2">
        <Facts
          items={[
            { term: 'Version', detail: facts.version && <CopiedText text={facts.version} what="version" /> },
            { term: 'Took', detail: duration },
            { term: 'Kind', detail: facts.kind === 'unknown' ? undefined : facts.kind },
            { term: 'Commit', detail: facts.sha && <CopiedText text={facts.sha} what="sha" /> },
            { term: 'Ref', detail: facts.ref },
            { term: 'Started by', detail: facts.actor },
            { term: 'Run', detail: runOf(facts) },
            { term: 'Deployment id', detail: <DeploymentLink deployment={head} /> },
            { term: 'Promoted from', detail: facts.parent_deployments?.join(', ') },
            { term: 'Reporter', detail: facts.progress_reporter },
            {
              term: 'Clock',
              detail: facts.clock_skew ? 'The reporter’s clock ran ahead of the server’s.' : undefined,
            },
          ]}
        />
      </div>
    </div>
  );
}

/** Its address says more than its number. */
function runOf({ run_url: url, run_number: number }: Attempt['facts']): ReactNode {
  if (url !== undefined) return <OutsideLink url={url} />;
  return number === undefined ? undefined : `#${number}`;
}

function DeploymentLink({ deployment: { deployment_id: id, deployment_number: number } }: DeploymentLinkProps) {
  return (
    <span className="inline-flex max-w-full items-start gap-1">
      <Link
        to="/deployments/$number"
        params={{ number: String(number) }}
        aria-label={`Open deployment ${id}`}
        data-tip="Open the deployment"
        className={`${textLink} min-w-0 font-mono text-sm leading-5 break-all`}
      >
        {id}
      </Link>
      <CopyIconButton text={id} what="deployment id" className="-my-0.5" />
    </span>
  );
}
