import { CloudOff, CloudSync } from 'lucide-react';
import { useStreamStatus } from '../../lib/live/use-stream-status.ts';
import { formatMoment } from '../../lib/time-format.ts';
import { useNow } from '../../ui/now.tsx';

const looks = {
  live: { word: 'Live', dot: 'bg-success', text: 'text-muted', icon: undefined },
  connecting: { word: 'Connecting', dot: 'bg-neutral animate-wait', text: 'text-muted', icon: CloudSync },
  reconnecting: { word: 'Reconnecting', dot: 'bg-waiting animate-wait', text: 'text-waiting', icon: CloudSync },
  stale: { word: 'Stale', dot: 'bg-failed', text: 'text-failed', icon: CloudOff },
} as const;

/** After so long without a stream, what is shown may well be old. */
const staleAfterMs = 30_000;

/** Whether what is shown is live: said in a word, with a light; on a telephone by an icon in place of the word. */
export function LiveLight() {
  const { state, since } = useStreamStatus();
  const old = useNow((now) => now - since > staleAfterMs);
  const shown = state === 'refused' || (state !== 'live' && old) ? 'stale' : state;
  const { word, dot, text, icon: Icon } = looks[shown];
  const tip = shown === 'live' ? 'Changes appear as they happen' : `No live changes since\n${formatMoment(since)}`;
  return (
    <span
      role="status"
      aria-label={`Live updates: ${word.toLowerCase()}`}
      data-tip={tip}
      className={`inline-flex h-7 items-center gap-1.5 px-1.5 text-sm ${text}`}
    >
      <span
        aria-hidden
        className={`size-[7px] rounded-full forced-color-adjust-none ${dot} ${Icon ? 'max-md:hidden' : ''}`}
      />
      {Icon ? <Icon aria-hidden size={16} className="md:hidden" /> : null}
      <span className="max-md:sr-only">{word}</span>
    </span>
  );
}
