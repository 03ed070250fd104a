import type { ReactNode } from 'react';
import type { Attempt } from '../../lib/attempts.ts';
import { CopiedText } from '../../ui/copied-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { runDetail } from '../../ui/run-detail.tsx';
import { Sha } from '../../ui/sha.tsx';
import { StatusTimeline } from './status-timeline.tsx';

/** The statuses of a deployment, and every field they carried. */
export function AttemptDetails({
  attempt: { events, facts, head },
  duration,
  approvals,
  changes,
  promotedFrom,
}: {
  attempt: Attempt;
  duration: ReactNode;
  approvals: ReactNode;
  changes: ReactNode;
  promotedFrom: ReactNode;
}) {
  return (
    <div className="mt-2 rounded border bg-surface text-sm">
      {approvals}
      <StatusTimeline events={events} />
      {changes}
      <div className="px-3 py-2">
        <Facts
          items={[
            { term: 'Version', detail: facts.version && <CopiedText text={facts.version} what="version" /> },
            { term: 'Took', detail: duration },
            { term: 'Kind', detail: facts.kind === 'unknown' ? undefined : facts.kind },
            { term: 'Commit', detail: facts.sha && <Sha sha={facts.sha} copy /> },
            { term: 'Ref', detail: facts.ref },
            { term: 'Started by', detail: facts.actor },
            { term: 'Run', detail: runDetail(facts.run_url, facts.run_number) },
            { term: 'Deployment id', detail: <CopiedText text={head.deployment_id} what="deployment id" /> },
            { term: 'Promoted from', detail: promotedFrom },
            { term: 'Reported by', detail: facts.progress_reporter },
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
