import type { ProjectEnvironment } from '../../../contract/environments.ts';
import type { MatrixSlot } from '../../../contract/matrix.ts';
import type { Tier } from '../../../contract/tiers.ts';
import type { Lag } from '../../../contract/where.ts';
import { flagsOf } from '../../lib/deployment-flags.ts';
import { shortVersion } from '../../lib/short-version.ts';
import { SlotNews, StillGood } from '../../lib/slot-news.tsx';
import { isStale } from '../../lib/stale.ts';
import { ExternalAddress } from '../../ui/external-address.tsx';
import { FlagMarks } from '../../ui/flag-mark.tsx';
import { useNow } from '../../ui/now.tsx';
import { ProtectedMark } from '../../ui/protected-mark.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { behindText } from './behind-text.ts';

interface EnvironmentCardProps {
  readonly project: string;
  readonly name: string;
  readonly tier: Tier;
  readonly slot: MatrixSlot | undefined;
  readonly details: ProjectEnvironment | undefined;
  readonly lag: Lag | undefined;
  readonly onOpen: () => void;
}

/** One environment: what runs there, since when, by whom, and how far behind it is. All of it opens its history. */
export function EnvironmentCard({ project, name, tier, slot, details, lag, onOpen }: EnvironmentCardProps) {
  return (
    <article
      aria-label={`${project} in ${name}`}
      className="relative flex h-full min-w-0 flex-col gap-1.5 rounded border border-line-strong bg-raised px-3 py-2.5 transition-colors duration-100 has-[button:hover]:bg-hover"
    >
      <div className="flex min-w-0 items-center gap-2">
        <h3 className="min-w-0 truncate font-medium">
          {slot ? (
            <button
              type="button"
              aria-haspopup="dialog"
              aria-label={`${name}: its history`}
              className="max-w-full truncate rounded-[3px] after:absolute after:inset-0 after:rounded"
              onClick={onOpen}
            >
              {name}
            </button>
          ) : (
            name
          )}
        </h3>
        {details?.protected ? <ProtectedMark /> : null}
        {tier === name ? null : <span className="ml-auto shrink-0 text-sm text-muted">{tier}</span>}
      </div>
      {slot ? <Running slot={slot} lag={lag} /> : <p className="text-muted">Nothing deployed yet</p>}
      {details?.external_url ? (
        <p className="relative mt-auto w-fit max-w-full pt-0.5 text-sm">
          <ExternalAddress address={details.external_url} />
        </p>
      ) : null}
    </article>
  );
}

function Running({ slot, lag }: { slot: MatrixSlot; lag: Lag | undefined }) {
  const { current, last_successful: good } = slot;
  const stale = useNow((now) => isStale(slot, now));
  const behind = behindText(slot, lag);
  return (
    <>
      <div className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-0.5">
        <span className="min-w-0 font-mono text-lg font-semibold [overflow-wrap:anywhere]">
          {shortVersion(current)}
        </span>
        <StatusMark status={current.status} />
        {stale ? <span className="font-medium text-waiting">no news</span> : null}
        <FlagMarks short flags={flagsOf(current)} />
      </div>
      <p className="text-sm text-muted">
        <RelativeTime at={current.happened_at} tip={false} />
        {current.actor === undefined ? null : (
          <>
            {' by '}
            <span className="text-soft [overflow-wrap:anywhere]">{current.actor}</span>
          </>
        )}
      </p>
      {good && current.status !== 'success' ? (
        <StillGood event={good}>
          {behind === undefined ? null : <span className="basis-full pl-[18px] text-soft">{behind}</span>}
        </StillGood>
      ) : behind === undefined ? null : (
        <p className="text-sm text-soft">{behind}</p>
      )}
      <SlotNews slot={slot} />
    </>
  );
}
