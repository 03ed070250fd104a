import { ArrowDownToLine, ClockAlert, CornerDownRight, History } from 'lucide-react';
import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { stillWaiting } from '../../../contract/slots.ts';
import { flagsOf } from '../../lib/deployment-flags.ts';
import { shortVersion } from '../../lib/short-version.ts';
import { FlagMarks } from '../../ui/flag-mark.tsx';
import { RelativeTime, RunningTime } from '../../ui/relative-time.tsx';
import { statusLook, toneText } from '../../ui/status-look.ts';
import { StatusIcon } from '../../ui/status-mark.tsx';
import type { LaggedSlot } from './lagged-matrix.ts';
import { behindPlace, behindText, lastGood, proseCharacter } from './slot-text.ts';
import { litVersion } from './version-light.ts';

interface SlotSummaryProps {
  readonly slot: LaggedSlot;
  readonly stale: boolean;
  /** The room it has, in CSS pixels. */
  readonly width: number;
  /** Break a long version into lines rather than ask for its width. */
  readonly wrap?: boolean;
}

/** Of the versions' face, in CSS pixels. */
const versionCharacter = 7.5;
/** `  ·  12d ago`. */
const ageLength = 11;
/** `12d ago`. */
const ageText = 7;
/** A dot between parts of a line, with its gaps. */
const roomForDot = 14;
/** The icon, and the dot before what follows. */
const roomAroundLine = 41;
/** What stands on the line of what is still good, besides its version. */
const roomAroundGood = 128;
/** Before the second line, below the icon of the first. */
const indent = 22;
/** An icon among words, with its gaps. */
const roomForIcon = 24;

/**
 * What a slot says in two lines or more of fixed height: version, state, what is still good, what comes next and what
 * waits still. Where the second line has no room for all, `Stale` stands for the status, which the icon tells, too.
 */
export function SlotSummary({ slot, stale, width, wrap = false }: SlotSummaryProps) {
  const { current } = slot;
  const { word, tone } = statusLook(current.status);
  const place = behindPlace(slot);
  const line =
    place === 'beside' ? shortVersion(current).length * versionCharacter : (word.length + ageLength) * proseCharacter;
  const behind = place === 'good' ? undefined : behindText(slot, width - roomAroundLine - line);
  const flags = flagsOf(current);
  const warnings = [...(stale ? ['Stale'] : []), ...(current.clock_skew ? ['Clock ahead'] : [])];
  const said = [word, ...warnings].reduce((sum, text) => sum + text.length, ageLength) * proseCharacter;
  const roomy = said + (flags.length + warnings.length) * roomForIcon <= width - indent;
  return (
    <>
      <span className="flex min-h-5 shrink-0 items-center gap-2">
        <StatusIcon status={current.status} />
        <span
          data-version={litVersion(current)}
          className={`slot-version rounded-[3px] font-mono text-sm leading-4 font-medium ${wrap ? 'break-all' : 'max-w-[calc(100%-22px)] shrink-0 truncate whitespace-pre'} ${current.version === undefined ? 'text-soft' : 'text-fg'}`}
        >
          {shortVersion(current)}
        </span>
        {place === 'beside' ? (
          <span className="flex min-w-0 gap-2 text-sm text-muted">
            <Drift text={behind} />
          </span>
        ) : null}
      </span>
      <span className="flex h-[18px] items-center gap-1.5 overflow-hidden pl-[22px] text-sm whitespace-nowrap text-muted">
        {stale && !roomy ? (
          <Warning>Stale</Warning>
        ) : (
          <span className={tone === 'success' || tone === 'neutral' ? '' : `font-medium ${toneText[tone]}`}>
            {word}
          </span>
        )}
        <Dot />
        {current.status === 'in-progress' && !stale ? (
          <RunningTime since={slot.started_at ?? current.happened_at} />
        ) : (
          <RelativeTime at={current.happened_at} tip={false} />
        )}
        <FlagMarks short flags={flags} />
        {stale && roomy ? <Warning>Stale</Warning> : null}
        {current.clock_skew ? <Warning short={!roomy}>Clock ahead</Warning> : null}
        {place === 'below' ? <Drift text={behind} /> : null}
      </span>
      <ExtraLines slot={slot} width={width} />
    </>
  );
}

function Dot() {
  return <span aria-hidden>·</span>;
}

function Drift({ text }: { text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <>
      <Dot />
      <span>{text}</span>
    </>
  );
}

/** `short` is the icon alone, named for those who do not see it, where there is no room for the words. */
function Warning({ children, short = false }: { children: string; short?: boolean }) {
  return short ? (
    <ClockAlert role="img" aria-hidden={false} aria-label={children} size={13} className="shrink-0 text-waiting" />
  ) : (
    <span className="inline-flex shrink-0 items-center gap-1 font-medium text-waiting">
      <ClockAlert aria-hidden size={12} />
      {children}
    </span>
  );
}

/** The same in one line. */
export function CompactSummary({ slot, stale, width }: SlotSummaryProps) {
  const { current } = slot;
  const version = shortVersion(current);
  const flags = flagsOf(current);
  const warned = stale || current.clock_skew === true;
  const marks = (flags.length + Number(warned)) * roomForIcon;
  return (
    <>
      <span className="flex h-6 shrink-0 items-center gap-2">
        <StatusIcon status={current.status} />
        <span
          data-version={litVersion(current)}
          className={`slot-version max-w-[calc(100%-22px)] shrink-0 truncate rounded-[3px] font-mono text-sm leading-4 font-medium whitespace-pre ${current.version === undefined ? 'text-soft' : 'text-fg'}`}
        >
          {version}
        </span>
        <FlagMarks short flags={flags} />
        {warned ? <Warning short>{stale ? 'Stale' : 'Clock ahead'}</Warning> : null}
        <CompactState slot={slot} room={width - indent - version.length * versionCharacter - marks} />
      </span>
      <ExtraLines slot={slot} width={width} />
    </>
  );
}

/** As much as there is room for: how far it is behind before the age, and both before `Success`, as the icon says that. */
function CompactState({ slot, room }: { slot: LaggedSlot; room: number }) {
  const { current } = slot;
  const { word, tone } = statusLook(current.status);
  const behind = behindPlace(slot) === 'good' ? undefined : behindText(slot, room - roomForDot);
  const widthOf = (length: number) => roomForDot + length * proseCharacter;
  const behindWidth = behind ? widthOf(behind.length) : 0;
  const first = behindWidth || widthOf(ageText);
  const worded = current.status !== 'success' || widthOf(word.length) + first <= room;
  const taken = (worded ? widthOf(word.length) : 0) + behindWidth;
  const aged = taken + widthOf(ageText) <= room;
  return (
    <span className="flex min-w-0 gap-1.5 overflow-hidden text-sm whitespace-nowrap text-muted">
      {worded ? (
        <span className={`truncate ${tone === 'success' || tone === 'neutral' ? '' : `font-medium ${toneText[tone]}`}`}>
          {word}
        </span>
      ) : null}
      {worded && behind ? <Dot /> : null}
      {behind ? <span>{behind}</span> : null}
      {taken > 0 && aged ? <Dot /> : null}
      {aged ? <RelativeTime at={current.happened_at} tip={false} /> : null}
    </span>
  );
}

/** What is still good while another is tried, and how far that is behind. */
function GoodLine({ slot, good, width }: Pick<SlotSummaryProps, 'slot' | 'width'> & { good: DeploymentEvent }) {
  const version = shortVersion(good);
  const flags = flagsOf(good);
  const taken = roomAroundGood + version.length * versionCharacter + flags.length * roomForIcon;
  return (
    <span className="flex h-[18px] items-center gap-1.5 overflow-hidden pl-[3px] text-sm whitespace-nowrap text-muted">
      <CornerDownRight aria-hidden size={12} className="mr-[1px] shrink-0" />
      <StatusIcon status="success" size={12} />
      <span
        data-version={litVersion(good)}
        className="slot-version min-w-0 truncate rounded-[3px] font-mono text-xs text-soft"
      >
        {version}
      </span>
      <span>still good</span>
      <FlagMarks short flags={flags} />
      <Drift text={behindText(slot, width - taken)} />
    </span>
  );
}

/** One line each: what is still good, that the one before failed, what comes next, and what waits still. */
function ExtraLines({ slot, width }: Pick<SlotSummaryProps, 'slot' | 'width'>) {
  const { next } = slot;
  const good = lastGood(slot);
  const waits = stillWaiting(slot);
  return (
    <>
      {good ? <GoodLine slot={slot} good={good} width={width} /> : null}
      {slot.prev_failed ? (
        <span className="flex h-[18px] items-center gap-1.5 pl-[3px] text-sm whitespace-nowrap text-failed">
          <History aria-hidden size={12} className="mr-[1px] shrink-0" />
          The one before failed
        </span>
      ) : null}
      {next ? <NewsLine status={next.status} event={next} /> : null}
      {waits ? <NewsLine status="waiting" event={waits.newest} more={waits.more} /> : null}
    </>
  );
}

interface NewsLineProps {
  readonly status: string;
  /** undefined: it is shown above already, the others are not. */
  readonly event: DeploymentEvent | undefined;
  /** How many others have the status. */
  readonly more?: number;
}

function NewsLine({ status, event, more = 0 }: NewsLineProps) {
  const { word, tone } = statusLook(status);
  return (
    <span className="flex h-[18px] items-center gap-1.5 overflow-hidden pl-[3px] text-sm whitespace-nowrap text-muted">
      <ArrowDownToLine aria-hidden size={12} className="mr-[1px] shrink-0" />
      <StatusIcon status={status} size={12} />
      <span className={toneText[tone]}>{word}</span>
      {event ? (
        <span
          data-version={litVersion(event)}
          className="slot-version min-w-0 truncate rounded-[3px] font-mono text-xs text-soft"
        >
          {shortVersion(event)}
        </span>
      ) : null}
      {more > 0 ? <span className="shrink-0">+{more} more</span> : null}
    </span>
  );
}
