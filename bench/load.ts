import { HttpSocket } from './http-socket.ts';

export interface LoadResult {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers other than 2xx and 304, and broken connections. */
  readonly failures: number;
}

export interface Load {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  /** A body for each request; absent: none. */
  readonly body?: () => string;
  /** Path and body of the n-th request, where both change. */
  readonly next?: (count: number) => { readonly path: string; readonly body: string } | undefined;
  readonly connections?: number;
  readonly seconds?: number;
}

const warmUpSeconds = 4;

/** Keeps so many connections busy for so long, after a warm-up that is not counted. */
export async function measure({
  url,
  method = 'GET',
  headers = {},
  body,
  next,
  connections = 32,
  seconds = 6,
}: Load): Promise<LoadResult> {
  const target = new URL(url);
  const fields = Object.entries({ host: target.host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  let count = 0;
  const nextRequest = () => {
    const made = next?.(count++);
    const text = made?.body ?? body?.();
    const start = `${method} ${made?.path ?? `${target.pathname}${target.search}`} HTTP/1.1\r\n${fields.join('')}`;
    return text === undefined ? `${start}\r\n` : `${start}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
  };
  let times: number[] = [];
  let failures = 0;
  const onAnswer = ({ status, ms }: { status: number; ms: number }) => {
    if ((status >= 200 && status < 300) || status === 304) times.push(ms);
    else failures += 1;
  };
  const sockets = Array.from({ length: connections }, () => new HttpSocket(target, nextRequest, onAnswer));
  await pause(warmUpSeconds * 1000);
  times = [];
  const from = performance.now();
  await pause(seconds * 1000);
  const elapsed = (performance.now() - from) / 1000;
  for (const socket of sockets) socket.stop();
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Number((sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(1));
  return { perSecond: sorted.length / elapsed, p50: at(0.5), p99: at(0.99), failures };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
