import { Link } from '@tanstack/react-router';
import { GitPullRequest, Link2, Package, Webhook } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { projectPath } from '../../../contract/project-path.ts';
import { type Attempt, groupAttempts, rollbackTarget } from '../../lib/attempts.ts';
import { useEventFeed } from '../../lib/event-feed.ts';
import { projectName } from '../../lib/project-name.ts';
import { failureText } from '../../lib/refusal.ts';
import type { SlotAddress } from '../../lib/slot-address.ts';
import { useSession } from '../../lib/use-session.ts';
import { visibleMarks } from '../../lib/visible-marks.ts';
import { whenSeen } from '../../lib/when-seen.ts';
import { Button, iconButtonLook } from '../../ui/button.tsx';
import { CopyIconButton } from '../../ui/copy-button.tsx';
import { Drawer, DrawerHead } from '../../ui/modal.tsx';
import { EmptyNotice, FailureBar, FailurePage } from '../../ui/notice.tsx';
import { AttemptEntry } from './attempt-entry.tsx';
import { DrawerSkeleton } from './drawer-skeleton.tsx';
import { SlotHeadline } from './slot-headline.tsx';

interface HistoryProps {
  readonly address: SlotAddress;
  /** The number of the deployment that is open from the start, as the URL has it; absent: the newest. */
  readonly opened: string | undefined;
  /** What stands in the details of a deployment that approvals concern, or may. */
  readonly approvalsOf: (deployment: DeploymentEvent) => ReactNode;
  /** What it ships, or would. */
  readonly changesOf: (attempt: Attempt) => ReactNode;
  /** Undefined where it names nothing that it was promoted from. */
  readonly promotedFrom: (attempt: Attempt) => ReactNode;
}

interface SlotDrawerProps extends HistoryProps {
  /** What is said of what holds deployments back here. */
  readonly gate: ReactNode;
  readonly onClose: () => void;
  readonly returnFocus: () => HTMLElement | null;
}

/** The history of one service in one environment. */
export function SlotDrawer({ onClose, returnFocus, gate, ...history }: SlotDrawerProps) {
  const { address } = history;
  const project = projectName(address);
  const session = useSession();
  return (
    <Drawer title={`${project} in ${address.environment}`} onClose={onClose} returnFocus={returnFocus}>
      <DrawerHead
        title={
          <>
            {visibleMarks(project)} <span className="font-normal text-muted">in {address.environment}</span>
          </>
        }
      >
        <Link
          to="/projects/$project"
          params={{ project: projectPath(address) }}
          aria-label={`Project ${project}`}
          data-tip={`Project ${project}`}
          className={iconButtonLook}
        >
          <Package aria-hidden size={14} />
        </Link>
        <Link
          to="/changes"
          search={{ project: projectPath(address) }}
          aria-label={`Changes of ${project}`}
          data-tip={`Changes of ${project}`}
          className={iconButtonLook}
        >
          <GitPullRequest aria-hidden size={14} />
        </Link>
        {session?.signed_in ? (
          <Link
            to="/projects/$project/settings/hooks"
            params={{ project: projectPath(address) }}
            aria-label={`Webhooks of ${project}`}
            data-tip={`Webhooks of ${project}`}
            className={iconButtonLook}
          >
            <Webhook aria-hidden size={14} />
          </Link>
        ) : null}
        <CopyIconButton text={location.href} what="link to this history" icon={Link2} />
      </DrawerHead>
      {gate}
      <History {...history} />
    </Drawer>
  );
}

function History(props: HistoryProps) {
  const { address } = props;
  const { service, namespace = '', environment } = address;
  const query = useMemo(() => ({ service, namespace, environment }), [service, namespace, environment]);
  const feed = useEventFeed(query);
  const attempts = useMemo(() => groupAttempts(feed.events), [feed.events]);
  const where = `${projectName(address)} in ${environment}`;
  if (feed.isPending) return <DrawerSkeleton />;
  if (feed.isError && attempts.length === 0) {
    return (
      <FailurePage
        title={`The history of ${where} could not be loaded`}
        why={failureText(feed.error)}
        onRetry={() => feed.refetch()}
      />
    );
  }
  const [newest] = attempts;
  if (!newest) {
    return (
      <EmptyNotice title="Nothing was deployed here">
        There is no event of {where}. The link may name a service or an environment that does not exist.
      </EmptyNotice>
    );
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain">
      {feed.isError ? (
        <FailureBar
          title="Older deployments could not be loaded."
          why={failureText(feed.error)}
          onRetry={() => feed.fetchNextPage()}
        />
      ) : null}
      <NotHere opened={props.opened} attempts={attempts} complete={!feed.hasNextPage} />
      <SlotHeadline attempts={attempts} target={rollbackTarget(attempts)} complete={!feed.hasNextPage} />
      <section aria-label="History" className="px-5 pt-4 pb-6">
        <h3 className="pb-2 text-sm font-medium text-muted">History</h3>
        <Timeline {...props} attempts={attempts} />
        {feed.hasNextPage ? (
          <div
            className="pt-3 pl-8"
            ref={(mark) => (mark ? whenSeen(mark, () => feed.isFetchingNextPage || feed.fetchNextPage()) : undefined)}
          >
            <Button disabled={feed.isFetchingNextPage} onClick={() => feed.fetchNextPage()}>
              {feed.isFetchingNextPage ? 'Loading older deployments' : 'Show older deployments'}
            </Button>
          </div>
        ) : (
          <p className="pt-3 pl-8 text-sm text-muted">
            {attempts.length === 1 ? 'The only deployment here.' : `The first of ${attempts.length} deployments here.`}
          </p>
        )}
      </section>
    </div>
  );
}

/** What is said where the deployment that the URL names is not among those shown. */
function NotHere({
  opened,
  attempts,
  complete,
}: Pick<HistoryProps, 'opened'> & { readonly attempts: readonly Attempt[]; readonly complete: boolean }) {
  if (opened === undefined || attempts.some(({ head }) => isNamed(head, opened))) return null;
  return (
    <p role="status" className="border-b bg-waiting-tint px-5 py-2 text-sm text-waiting">
      {complete
        ? `There is no deployment #${opened} in this slot.`
        : `Deployment #${opened} is not among the newest here; older ones may hold it.`}
    </p>
  );
}

function isNamed({ deployment_number: number }: DeploymentEvent, opened: string | undefined): boolean {
  return String(number) === opened;
}

function Timeline({
  attempts,
  opened,
  approvalsOf,
  changesOf,
  promotedFrom,
}: HistoryProps & { readonly attempts: readonly Attempt[] }) {
  return (
    <ol>
      {attempts.map((attempt, index) => (
        <AttemptEntry
          key={attempt.key}
          attempt={attempt}
          startsOpen={index === 0 || attempt.head.status === 'waiting'}
          named={isNamed(attempt.head, opened)}
          approvals={mayHaveApprovals(attempt) ? approvalsOf(attempt.head) : null}
          changes={changesOf(attempt)}
          promotedFrom={promotedFrom(attempt)}
          last={index === attempts.length - 1}
        />
      ))}
    </ol>
  );
}

/** Only what waited can have been approved, and only a protected environment makes something unapproved. */
function mayHaveApprovals({ events, facts }: Attempt): boolean {
  return facts.unapproved === true || events.some(({ status }) => status === 'waiting');
}
