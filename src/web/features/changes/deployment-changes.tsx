import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowUpFromLine, CircleMinus, type LucideIcon, RotateCcw, Undo2 } from 'lucide-react';
import type { DeploymentChanges } from '../../../contract/where.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { failureText } from '../../lib/refusal.ts';
import type { Shipment } from '../../lib/shipment.ts';
import { useChangeNews } from '../../lib/use-change-news.ts';
import { FailureLine } from '../../ui/notice.tsx';
import { Bar } from '../../ui/skeleton.tsx';
import { textLink } from '../../ui/text-link.ts';
import { deploymentChangesQuery } from './deployment-changes-query.ts';
import { DeploymentCommits } from './deployment-commits.tsx';
import { ShippedChanges } from './shipped-changes.tsx';

interface DeploymentChangesProps {
  readonly deployment: number;
  readonly project: string;
  readonly shipment: Shipment;
  /** What kind of heading its parts have where it stands. */
  readonly heading: 'h3' | 'h4';
}

/** What a deployment did to its environment, or would do: what it ships, takes out, brings back and reverts. */
export function DeploymentChangesSection({ deployment, project, shipment, heading }: DeploymentChangesProps) {
  const { client } = usePageServices();
  const query = useQuery(deploymentChangesQuery(client, deployment));
  useChangeNews(query, project);
  if (query.isPending) {
    return (
      <div role="status" aria-label="Loading what it ships" className="flex flex-col gap-3.5 border-b px-3 py-3.5">
        <Bar width={120} />
        <Bar width={260} height={8} />
        <Bar width={220} height={8} />
        <Bar width={80} height={8} />
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
      <Contents changes={query.data} shipment={shipment} heading={heading} />
    </section>
  );
}

interface PartLook {
  readonly part: keyof DeploymentChanges;
  readonly words: Readonly<Record<Shipment, string>>;
  readonly icon: LucideIcon;
  readonly colour: string;
}

const parts = [
  {
    part: 'ships',
    words: { done: 'Ships', 'to-come': 'Would ship' },
    icon: ArrowUpFromLine,
    colour: 'text-success',
  },
  {
    part: 'brings_back',
    words: { done: 'Brings back', 'to-come': 'Would bring back' },
    icon: RotateCcw,
    colour: 'text-success',
  },
  {
    part: 'takes_out',
    words: { done: 'Takes out', 'to-come': 'Would take out' },
    icon: CircleMinus,
    colour: 'text-waiting',
  },
  {
    part: 'reverted',
    words: { done: 'Reverts', 'to-come': 'Would revert' },
    icon: Undo2,
    colour: 'text-waiting',
  },
] as const satisfies readonly PartLook[];

interface ContentsProps extends Pick<DeploymentChangesProps, 'shipment' | 'heading'> {
  readonly changes: DeploymentChanges;
}

function Contents({ changes, shipment, heading }: ContentsProps) {
  const { kind, reason, repository, project, commits } = changes;
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
        <span className="font-medium text-fg">
          {shipment === 'done' ? 'The first deployment here.' : 'It would be the first deployment here.'}
        </span>{' '}
        {reason ??
          (shipment === 'done'
            ? 'What it contains was there before Shiplog knew, so nothing counts as shipped by it.'
            : 'There is nothing to compare it with, so nothing would count as shipped by it.')}
      </p>
    );
  }
  const shown = parts.filter(({ part }) => changes[part].count > 0);
  return (
    <>
      {shown.map(({ part, words, ...look }) => (
        <ShippedChanges key={part} list={changes[part]} word={words[shipment]} heading={heading} {...look} />
      ))}
      {shown.length === 0 ? (
        <p className="text-muted">
          {commits.count === 0
            ? 'It has no commit that was not there before.'
            : 'It has no merge or pull request that was not there before.'}
        </p>
      ) : null}
      <DeploymentCommits commits={commits} />
    </>
  );
}
