import type { StreamNews, StreamRequest } from './live-message.ts';
import { StreamHolder } from './stream-holder.ts';
import type { StreamLink } from './stream-link.ts';

type ChannelMessage = { readonly news: StreamNews } | { readonly request: StreamRequest };

/**
 * Where there is no SharedWorker (Chrome on Android): the tab that holds the lock leads and passes on what it hears.
 * When it closes, the browser gives the lock to the next one.
 */
export function openLeaderLink(tell: (news: StreamNews) => void): StreamLink {
  const channel = new BroadcastChannel('shiplog-live');
  const leaving = new AbortController();
  const post = (message: ChannelMessage) => channel.postMessage(message);
  let holder: StreamHolder | undefined;

  channel.onmessage = ({ data }: MessageEvent<ChannelMessage>) => {
    if ('news' in data) tell(data.news);
    else handle(data.request);
  };

  function handle(request: StreamRequest): void {
    if (!holder) return;
    if (request.kind === 'restart') holder.restart();
    if (request.kind === 'hello') {
      holder.start();
      post({ news: { kind: 'status', status: holder.status } });
    }
  }

  async function lead(): Promise<void> {
    if (leaving.signal.aborted) return;
    const tellAll = (news: StreamNews) => {
      tell(news);
      post({ news });
    };
    holder = new StreamHolder(self.location.origin, tellAll);
    // From the end of who led before to the beginning of this stream something may be missed: all catch up after it.
    tellAll({ kind: 'status', status: holder.status });
    holder.start();
    await new Promise((resolve) => leaving.signal.addEventListener('abort', resolve, { once: true }));
    holder.stop();
  }

  // The request ends with an AbortError when the tab leaves before its turn: nothing to do then.
  navigator.locks.request('shiplog-live', { signal: leaving.signal }, lead).catch(() => undefined);
  post({ request: { kind: 'hello' } });

  const ask = (request: StreamRequest) => (holder ? handle(request) : post({ request }));
  return {
    greet: () => (holder ? tell({ kind: 'status', status: holder.status }) : ask({ kind: 'hello' })),
    restart: () => ask({ kind: 'restart' }),
    leave: () => {
      leaving.abort();
      channel.close();
    },
  };
}
