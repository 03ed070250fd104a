import type { StreamNews } from './live-message.ts';
import { StreamHolder } from './stream-holder.ts';
import type { StreamLink } from './stream-link.ts';

/** The last resort, for a browser that cannot share: a stream of this tab's own. */
export function openOwnLink(tell: (news: StreamNews) => void): StreamLink {
  const holder = new StreamHolder(self.location.origin, tell);
  holder.start();
  return {
    greet: () => tell({ kind: 'status', status: holder.status }),
    restart: () => holder.restart(),
    leave: () => holder.stop(),
  };
}
