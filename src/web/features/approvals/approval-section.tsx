import { useQuery } from '@tanstack/react-query';
import { projectPath } from '../../../contract/project-path.ts';
import { FrozenNote } from '../../lib/frozen-until.tsx';
import { useLiveRefresh } from '../../lib/live/use-live-refresh.ts';
import { mayOnlyRead } from '../../lib/may-write.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { failureText } from '../../lib/refusal.ts';
import { useSession } from '../../lib/use-session.ts';
import { FailureLine } from '../../ui/notice.tsx';
import { Bar } from '../../ui/skeleton.tsx';
import { approvalsQuery } from './approvals-query.ts';
import { DecisionControls } from './decision-controls.tsx';
import { standingText } from './decision-text.ts';
import { approvalPollMs } from './inbox-query.ts';
import { RuleList } from './rule-list.tsx';

interface ApprovalSectionProps {
  readonly deployment: number;
  /** It waits now: the reader may have to decide. */
  readonly waits: boolean;
  /** What kind of heading its title is where it stands. */
  readonly heading: 'h2' | 'h4';
}

/** The approvals of one deployment, and the buttons for whoever may decide about it. Nothing where none are needed. */
export function ApprovalSection({ deployment, waits, heading: Heading }: ApprovalSectionProps) {
  const { client } = usePageServices();
  const session = useSession();
  const approvals = useQuery({
    ...approvalsQuery(client, deployment),
    refetchInterval: waits ? approvalPollMs : false,
  });
  useLiveRefresh(approvals, {
    concerns: ({ deployment_number }) => deployment_number === deployment,
  });
  if (approvals.isPending) return <Waiting />;
  if (!approvals.data) {
    return (
      <div className="px-3 py-2.5 text-sm">
        <FailureLine
          title="The approvals could not be loaded."
          why={failureText(approvals.error)}
          onRetry={() => approvals.refetch()}
        />
      </div>
    );
  }
  const state = approvals.data;
  if (state.state === 'not-needed' && state.decisions.length === 0) return null;
  const mayDecide = !mayOnlyRead(session);
  const own = session?.username !== null && session?.username === state.requested_by;
  return (
    <section
      aria-label="Approvals"
      className="grid gap-3 border-b px-3 py-2.5 text-sm md:grid-cols-[minmax(0,1fr)_auto]"
    >
      <div className="flex min-w-0 flex-wrap items-center gap-x-3">
        <Heading className="font-semibold">Approvals</Heading>
        <p role="status" className="text-muted">
          {standingText(state)}
        </p>
      </div>
      <div className="flex min-w-0 flex-col gap-3 md:col-span-2">
        {waits ? <FrozenNote project={projectPath(state.deployment)} /> : null}
        <RuleList standing={state} />
        {own && state.pending > 0 && !state.may_approve ? (
          <p className="text-muted">You began this deployment, so somebody else must approve it.</p>
        ) : null}
      </div>
      <DecisionControls
        deployment={state.deployment}
        mayApprove={mayDecide && state.may_approve}
        mayReject={mayDecide && state.may_reject}
        className="md:col-start-2 md:row-start-1"
      />
    </section>
  );
}

function Waiting() {
  return (
    <div role="status" aria-label="Loading the approvals" className="flex flex-col gap-2.5 border-b px-3 py-3">
      <Bar width={150} />
      <Bar width={220} height={8} />
    </div>
  );
}
