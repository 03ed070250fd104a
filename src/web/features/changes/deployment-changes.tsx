import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowUpFromLine, CircleMinus, type LucideIcon, RotateCcw, Undo2 } from 'lucide-react';
import type { DeploymentChanges } from '../../../contract/where.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { failureText } from '../../lib/refusal.ts';
import { useChangeNews } from '../../lib/use-change-news.ts';
import { FailureLine } from '../../ui/notice.tsx';
import { Bar } from '../../ui/skeleton.tsx';
import { textLink } from '../../ui/text-link.ts';
import { deploymentChangesQuery } from './deployment-changes-query.ts';
import { DeploymentCommits } from './deployment-commits.tsx';
import { ShippedChanges } from './shipped-changes.tsx';

/** What a deployment that succeeded did to its environment: what it ships, takes out, brings back and reverts. */
export function DeploymentChangesSection({ deployment, project }: { deployment: number; project: string }) {
  const { client } = usePageServices();
  const query = useQuery(deploymentChangesQuery(client, deployment));
  useChangeNews(query, project);
  if (query.isPending) {
    return (
      <div role="status" aria-label="Loading what it ships" className="flex flex-col gap-2.5 border-b px-3 py-3">
        <Bar width={120} />
        <Bar width={260} height={8} />
      </div>
    );
  }
  if (!query.data) {
    return (
      <div className="border-b px-3 py-2.5 text-sm">
        <FailureLine
          title="What it ships could not be loaded."
          why={failureText(query.error)}
          onRetry={() => query.refetch()}
        />
      </div>
    );
  }
  return (
    <section aria-label="Changes" className="flex flex-col gap-2.5 border-b px-3 py-2.5 text-sm">
      <Contents shipment={query.data} />
    </section>
  );
}

const parts = [
  { part: 'ships', word: 'Ships', icon: ArrowUpFromLine, colour: 'text-success' },
  { part: 'brings_back', word: 'Brings back', icon: RotateCcw, colour: 'text-success' },
  { part: 'takes_out', word: 'Takes out', icon: CircleMinus, colour: 'text-waiting' },
  { part: 'reverted', word: 'Reverts', icon: Undo2, colour: 'text-waiting' },
] as const satisfies readonly { part: keyof DeploymentChanges; word: string; icon: LucideIcon; colour: string }[];

function Contents({ shipment }: { shipment: DeploymentChanges }) {
  const { kind, reason, repository, project, commits } = shipment;
  if (repository.state === 'none') {
    return (
      <p className="text-muted">
        What it ships is known once a repository is connected.{' '}
        <Link to="/projects/$project/settings/repository" params={{ project }} className={textLink}>
          Connect one
        </Link>
      </p>
    );
  }
  if (kind === 'unknown') {
    return (
      <p className="break-words text-muted">
        <span className="font-medium text-fg">What it ships is unknown.</span> {reason ?? repository.reason}
      </p>
    );
  }
  if (kind === 'baseline') {
    return (
      <p className="break-words text-muted">
        <span className="font-medium text-fg">The first deployment here.</span>{' '}
        {reason ?? 'What it contains was there before Shiplog knew, so nothing counts as shipped by it.'}
      </p>
    );
  }
  const shown = parts.filter(({ part }) => shipment[part].count > 0);
  return (
    <>
      {shown.map(({ part, ...look }) => (
        <ShippedChanges key={part} list={shipment[part]} {...look} />
      ))}
      {shown.length === 0 ? (
        <p className="text-muted">
          {commits.count === 0 ? 'It has no commit that was not there before.' : 'It ships no merge or pull request.'}
        </p>
      ) : null}
      <DeploymentCommits commits={commits} />
    </>
  );
}
