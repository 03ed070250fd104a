import { Link } from '@tanstack/react-router';
import { ArrowRight, Undo2 } from 'lucide-react';
import { useId } from 'react';
import type { ApprovalState, InboxItem } from '../../../contract/approvals.ts';
import { projectPath } from '../../../contract/project-path.ts';
import { FrozenNote } from '../../lib/frozen-until.tsx';
import { projectName } from '../../lib/project-name.ts';
import { shortSha, shortVersion } from '../../lib/short-version.ts';
import type { SlotAddress } from '../../lib/slot-address.ts';
import { visibleMarks } from '../../lib/visible-marks.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { RunLink } from '../../ui/run-link.tsx';
import { StatusIcon } from '../../ui/status-mark.tsx';
import { DecisionControls } from './decision-controls.tsx';
import type { Decision } from './decision-text.ts';
import { effectText, isOlder } from './effect-text.ts';
import { RuleList } from './rule-list.tsx';

interface InboxEntryProps {
  readonly item: InboxItem;
  readonly mayDecide: boolean;
  /** It waits no more, and is here only because its form is open. */
  readonly gone: boolean;
  readonly onOpen: (address: SlotAddress) => void;
  readonly onBusy: (busy: boolean) => void;
  readonly onDecided: (decision: Decision, state: ApprovalState) => void;
}

/** One deployment that waits for the reader: what, where, who asked, what is missing. */
export function InboxEntry({ item, mayDecide, gone, onOpen, onBusy, onDecided }: InboxEntryProps) {
  const id = useId();
  const { deployment } = item;
  return (
    <article
      aria-labelledby={id}
      className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-3 border-b px-4 py-3 md:grid-cols-[16px_minmax(0,1fr)_auto]"
    >
      <span className="flex h-5 items-center">
        <StatusIcon status={deployment.status} size={16} />
      </span>
      <div className="flex min-w-0 flex-col gap-0.5">
        <h2 id={id} className="flex min-w-0">
          <button
            type="button"
            aria-haspopup="dialog"
            className="flex min-w-0 items-center gap-1.5 rounded-[3px] hover:underline"
            onClick={() => onOpen(deployment)}
          >
            <span className="min-w-0 truncate font-medium">
              {deployment.namespace ? <span className="font-normal text-muted">{deployment.namespace}/</span> : null}
              {deployment.service}
            </span>
            <ArrowRight aria-label="to" size={12} className="shrink-0 text-muted" />
            <span className="max-w-[50%] shrink-0 truncate">{deployment.environment}</span>
          </button>
        </h2>
        <Facts item={item} />
        <Effect item={item} />
        {deployment.description === undefined ? null : (
          <p className="line-clamp-3 max-w-measure pt-0.5 break-words whitespace-pre-line text-soft">
            {deployment.description}
          </p>
        )}
        <div className="flex flex-col gap-1.5 pt-1.5">
          <FrozenNote project={projectPath(deployment)} />
          <RuleList standing={item} />
        </div>
        {gone ? (
          <p role="status" className="pt-1 text-sm font-medium text-waiting">
            It no longer waits for you: somebody decided, or it went on.
          </p>
        ) : null}
      </div>
      {mayDecide ? (
        <DecisionControls
          deployment={deployment}
          mayApprove={!gone}
          mayReject={!gone}
          onBusy={onBusy}
          onDecided={onDecided}
          className="max-md:col-start-2 max-md:pt-3"
        />
      ) : (
        <p className="text-sm text-muted max-md:col-start-2 max-md:pt-2">This session may only read.</p>
      )}
    </article>
  );
}

/** What approving it would do; what is older than what runs stands out. */
function Effect({ item }: { item: InboxItem }) {
  const older = isOlder(item);
  return (
    <p className={`flex items-start gap-1.5 break-words ${older ? 'font-medium text-waiting' : 'text-soft'}`}>
      {older ? <Undo2 aria-hidden size={14} className="mt-[3px] shrink-0" /> : null}
      <span className="min-w-0">{effectText(item)}</span>
    </p>
  );
}

function Facts({ item: { deployment, requested_by } }: { item: InboxItem }) {
  const project = projectName(deployment);
  const { version, sha, ref, run_url, run_number, kind, actor, happened_at } = deployment;
  const asker = actor ?? requested_by ?? 'somebody';
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-sm text-muted">
      <span className="min-w-0 font-mono font-medium break-all text-fg">{shortVersion(deployment)}</span>
      <span>
        <span className="text-soft">{visibleMarks(asker)}</span> asked <RelativeTime at={happened_at} />
        {requested_by === null || requested_by === asker ? null : `, reported by ${requested_by}`}
      </span>
      {sha === undefined || version === undefined ? null : <span className="font-mono">{shortSha(sha)}</span>}
      {ref === undefined ? null : <span className="max-w-48 truncate">{ref}</span>}
      {kind === undefined || kind === 'unknown' || kind === 'planned' ? null : <span>{kind}</span>}
      <RunLink url={run_url} number={run_number} />
      <span className="min-w-0 break-all">
        <Link
          to="/deployments/$number"
          params={{ number: String(deployment.deployment_number) }}
          className="rounded-[3px] hover:text-fg hover:underline"
        >
          Deployment {deployment.deployment_number}
        </Link>{' '}
        of{' '}
        <Link
          to="/projects/$project"
          params={{ project: projectPath(deployment) }}
          className="rounded-[3px] hover:text-fg hover:underline"
        >
          {project}
        </Link>
      </span>
    </p>
  );
}
