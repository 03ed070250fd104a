import { Link } from '@tanstack/react-router';
import { Undo2 } from 'lucide-react';
import { type Attempt, currentAttempt } from '../../lib/attempts.ts';
import { flagsOf } from '../../lib/deployment-flags.ts';
import { shortSha, shortVersion } from '../../lib/short-version.ts';
import { CopyIconButton } from '../../ui/copy-button.tsx';
import { FlagMarks } from '../../ui/flag-mark.tsx';
import { Pane, Panes } from '../../ui/panes.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { RunLink } from '../../ui/run-link.tsx';
import { statusLook, toneText } from '../../ui/status-look.ts';
import { StatusIcon, StatusMark } from '../../ui/status-mark.tsx';

interface SlotHeadlineProps {
  readonly attempts: readonly Attempt[];
  readonly target: Attempt | undefined;
  /** The whole history is here. */
  readonly complete: boolean;
}

/** Where the lane stands, and what to go back to. */
export function SlotHeadline({ attempts, target, complete }: SlotHeadlineProps) {
  const [newest] = attempts;
  const current = currentAttempt(attempts);
  if (!newest || !current) return null;
  return (
    <Panes className="mx-5 mt-4">
      <Pane heading="h3" title="Now">
        <Deployed attempt={current} />
        {newest === current ? null : (
          <p className="flex flex-wrap items-center gap-x-1.5 pt-1 text-sm text-muted">
            <StatusMark status={newest.head.status} size={12} />
            <span className="font-mono">{shortVersion(newest.facts)}</span>
            <RelativeTime at={newest.head.happened_at} />
          </p>
        )}
      </Pane>
      <Pane heading="h3" title="Roll back to" icon={<Undo2 aria-hidden size={12} />}>
        {target ? (
          <Deployed attempt={target} />
        ) : (
          <p className="text-sm text-muted">
            {complete
              ? 'No other version was here before this one.'
              : 'None among the deployments shown; older ones may hold it.'}
          </p>
        )}
      </Pane>
    </Panes>
  );
}

function Deployed({ attempt: { head, facts } }: { attempt: Attempt }) {
  const name = shortVersion(facts);
  const { word, tone } = statusLook(head.status);
  return (
    <>
      <p className="flex items-center gap-1.5">
        <StatusIcon status={head.status} />
        <Link
          to="/deployments/$number"
          params={{ number: String(head.deployment_number) }}
          data-tip="Open the deployment"
          className="min-w-0 rounded-[3px] font-mono text-lg leading-6 font-semibold break-all hover:underline"
        >
          {name}
        </Link>
        <CopyIconButton text={facts.version ?? facts.sha ?? name} what="version" />
      </p>
      <p className="flex flex-wrap items-center gap-x-1.5 text-sm text-muted">
        <span className={toneText[tone]}>{word}</span>
        <RelativeTime at={head.happened_at} />
        {facts.sha !== undefined && facts.version !== undefined ? (
          <span className="font-mono break-all">{shortSha(facts.sha)}</span>
        ) : null}
        <FlagMarks flags={flagsOf(facts)} />
        <RunLink url={facts.run_url} number={facts.run_number} />
      </p>
    </>
  );
}
