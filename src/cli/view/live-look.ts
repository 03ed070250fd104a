import type { LiveWord } from '../../contract/changes.ts';
import type { StatusLook } from './status-look.ts';

/** As with statuses: a shape and a word for each, so that nothing hangs on colour. */
const looks: Readonly<Record<LiveWord, StatusLook>> = {
  live: { icon: '✓', word: 'live', tone: 'green' },
  reverted: { icon: '↺', word: 'reverted', tone: 'magenta' },
  left: { icon: '↓', word: 'no longer', tone: 'yellow' },
  never: { icon: '·', word: 'not there', tone: 'grey' },
  unknown: { icon: '?', word: 'unknown', tone: 'grey' },
};

export function liveLook(state: LiveWord): StatusLook {
  return looks[state];
}
