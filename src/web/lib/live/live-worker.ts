import type { StreamNews, StreamRequest } from './live-message.ts';
import { StreamHolder } from './stream-holder.ts';

/** The SharedWorker: one connection for every tab of this origin, closed when the last tab goes. */
const ports = new Set<MessagePort>();

const holder = new StreamHolder(self.location.origin, (news) => {
  for (const port of ports) port.postMessage(news);
});

self.addEventListener('connect', (connection) => {
  const [port] = (connection as MessageEvent).ports; // the only event a SharedWorker gets by this name
  if (!port) return;
  port.onmessage = ({ data }: MessageEvent<StreamRequest>) => answer(port, data);
});

function answer(port: MessagePort, request: StreamRequest): void {
  if (request.kind === 'bye') {
    ports.delete(port);
    if (ports.size === 0) holder.stop();
    return;
  }
  ports.add(port);
  if (request.kind === 'restart') holder.restart();
  else holder.start();
  port.postMessage({ kind: 'status', status: holder.status } satisfies StreamNews);
}
