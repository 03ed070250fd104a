import type { StreamNews, StreamRequest } from './live-message.ts';
import type { StreamLink } from './stream-link.ts';

/** Shares the stream through a SharedWorker. Calls `onFailure` where the browser would not run it. */
export function openWorkerLink(tell: (news: StreamNews) => void, onFailure: () => void): StreamLink {
  const worker = new SharedWorker(new URL('./live-worker.ts', import.meta.url), {
    type: 'module',
    name: 'shiplog-live',
  });
  const ask = (request: StreamRequest) => worker.port.postMessage(request);
  worker.addEventListener('error', onFailure, { once: true });
  worker.port.onmessage = ({ data }: MessageEvent<StreamNews>) => tell(data);
  ask({ kind: 'hello' });
  return {
    greet: () => ask({ kind: 'hello' }),
    restart: () => ask({ kind: 'restart' }),
    leave: () => ask({ kind: 'bye' }),
  };
}
