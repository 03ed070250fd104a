import type { ChangePlace } from '../../../contract/changes.ts';
import { formatMoment } from '../../lib/time-format.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { toneText } from '../../ui/status-look.ts';
import { liveLook } from './state-look.ts';

/** One environment of a change in little space: icon and name, the word where it is not what one hopes for; aged: since when. */
export function PlaceMark({ place, aged = false }: { place: ChangePlace; aged?: boolean }) {
  const { environment, state, deployed_at: at } = place;
  const { icon: Icon, word, tone } = liveLook(state);
  const quiet = state === 'live' || state === 'never';
  return (
    <span
      data-tip={placeTip(place)}
      className={`inline-flex max-w-full items-center gap-1 text-sm whitespace-nowrap ${state === 'live' ? 'text-soft' : 'text-muted'}`}
    >
      <Icon aria-hidden size={13} strokeWidth={2.1} className={`shrink-0 ${toneText[tone]}`} />
      <span className="truncate">{environment}</span>
      <span className={quiet ? 'sr-only' : `font-medium ${toneText[tone]}`}>{word.toLowerCase()}</span>
      {aged && state === 'live' && at !== null ? (
        <RelativeTime at={at} tip={false} className="text-muted max-xl:hidden" />
      ) : null}
    </span>
  );
}

function placeTip({ environment, state, deployed_at: at }: ChangePlace): string {
  const first = at === null ? '' : `\nFirst deployed there \n${formatMoment(Date.parse(at))}`;
  return `${placeSentence(environment, state, at)}${first}`;
}

function placeSentence(environment: string, state: ChangePlace['state'], at: string | null): string {
  if (state === 'live')
    return at === null ? `Live in ${environment} since before Shiplog knew` : `Live in ${environment}`;
  if (state === 'left') return `Was in ${environment}; what runs there now does not contain it`;
  if (state === 'reverted') return `Reverted in ${environment} by a later commit`;
  if (state === 'never') return `Not in ${environment} yet`;
  return `Not known: the commit that runs in ${environment} is not in the repository`;
}
