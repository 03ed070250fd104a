import type { DeploymentDetails } from '../../../contract/deployment-details.ts';
import { formatDateTime, formatDuration, formatMoment } from '../../lib/time-format.ts';
import { usePrinting } from '../../lib/use-printing.ts';
import { CopiedText } from '../../ui/copied-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { OutsideLink } from '../../ui/outside-link.tsx';
import { sectionTitle } from '../../ui/page.tsx';
import { RunningTime } from '../../ui/relative-time.tsx';
import { runDetail } from '../../ui/run-detail.tsx';
import { Sha } from '../../ui/sha.tsx';
import { Tag } from '../../ui/tag.tsx';
import { durationMs } from './deployment-words.ts';

/** All that was said of it. */
export function DeploymentFacts({ details }: { details: DeploymentDetails }) {
  const { deployment, tier, started_at: started, diff_url: diff, before } = details;
  const { version, sha, ref, actor, run_url: run, run_number: number, kind, description } = deployment;
  const isPrinting = usePrinting();
  const took = durationMs(details);
  const news = Date.parse(deployment.happened_at);
  return (
    <section aria-labelledby="deployment-facts" className="min-w-0">
      <h2 id="deployment-facts" className={`pb-2 ${sectionTitle}`}>
        Facts
      </h2>
      <Facts
        items={[
          { term: 'Environment', detail: <Environment name={deployment.environment} tier={tier} /> },
          { term: 'Version', detail: version === undefined ? undefined : <CopiedText text={version} what="version" /> },
          { term: 'Commit', detail: sha === undefined ? undefined : <Sha sha={sha} copy whole={isPrinting} /> },
          { term: 'Ref', detail: ref },
          { term: 'Started by', detail: actor },
          {
            term: 'Took',
            detail:
              took !== undefined ? (
                formatDuration(took)
              ) : deployment.status === 'in-progress' ? (
                <RunningTime since={started ?? deployment.happened_at} />
              ) : undefined,
          },
          { term: 'Run', detail: runDetail(run, number) },
          {
            term: 'Diff',
            detail:
              diff === null ? undefined : (
                <OutsideLink url={diff}>since {before?.version ?? 'the one before'}</OutsideLink>
              ),
          },
          { term: 'Kind', detail: kind === 'unknown' ? undefined : kind },
          { term: 'Deployment id', detail: <CopiedText text={deployment.deployment_id} what="deployment id" /> },
          { term: 'Reported by', detail: reportedBy(details) },
          {
            term: 'Last report',
            detail: <span data-tip={formatMoment(news)}>{formatDateTime(news)}</span>,
          },
          {
            term: 'Clock',
            detail: deployment.clock_skew ? 'The reporter’s clock ran ahead of the server’s.' : undefined,
          },
        ]}
      />
      {description ? (
        <p className="max-h-60 overflow-y-auto pt-3 break-words whitespace-pre-line text-soft print:max-h-none">
          {description}
        </p>
      ) : null}
    </section>
  );
}

/** Whose token it was, unless they started it themselves, and what the emitter calls itself. */
function reportedBy({ user, deployment: { actor, progress_reporter: emitter } }: DeploymentDetails): string {
  return [user === actor ? undefined : user, emitter].filter((name) => name != null).join(', ');
}

function Environment({ name, tier }: { name: string; tier: string }) {
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-1.5">
      {name}
      {tier === name || tier === 'other' ? null : <Tag>{tier}</Tag>}
    </span>
  );
}
