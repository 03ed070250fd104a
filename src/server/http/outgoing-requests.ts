import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { AddressRefused, type OutgoingAddresses } from './outgoing-address.ts';

export interface OutgoingPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether an https server must prove who it is. */
  readonly verifyTls: boolean;
}

export interface OutgoingAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The first 64 KiB of it. */
  readonly body: string;
}

/** No answer came. `message` is for people. */
export class OutgoingFailure extends Error {
  readonly timedOut: boolean;

  constructor(message: string, { cause, timedOut }: { readonly cause: unknown; readonly timedOut: boolean }) {
    super(message, { cause });
    this.name = 'OutgoingFailure';
    this.timedOut = timedOut;
  }
}

const defaultLimitMs = 10_000;
const bodyBytes = 64 * 1024;
const headerBytes = 16 * 1024;

/**
 * Sends requests to places that users of this server name. A host is resolved once and the connection pinned to what was
 * checked; redirects are answers like others; no proxy of the environment is used.
 */
export class OutgoingRequests {
  readonly addresses: OutgoingAddresses;
  readonly #limitMs: number;

  /** `limitMs`: for a whole exchange, from resolving the name to the end of the answer. */
  constructor(addresses: OutgoingAddresses, limitMs = defaultLimitMs) {
    this.addresses = addresses;
    this.#limitMs = limitMs;
  }

  /** Throws OutgoingFailure where nothing was sent or no whole answer came. */
  async post(request: OutgoingPost): Promise<OutgoingAnswer> {
    const signal = AbortSignal.timeout(this.#limitMs);
    try {
      const url = new URL(request.url);
      const addresses = await until(signal, this.addresses.resolve(url));
      return await until(signal, exchange(url, addresses, request, signal));
    } catch (error) {
      const late = `No answer within ${this.#limitMs / 1000} seconds.`;
      const timedOut = signal.aborted;
      throw new OutgoingFailure(timedOut ? late : reasonOf(error), { cause: error, timedOut });
    }
  }
}

/** Resolving a name cannot be stopped, and a body may trickle for ever: nobody waits for them beyond the limit. */
function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function exchange(
  url: URL,
  addresses: readonly string[],
  { headers, body, verifyTls }: OutgoingPost,
  signal: AbortSignal,
): Promise<OutgoingAnswer> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      // A fresh agent: a kept connection would be one that was checked for another request.
      agent: false,
      lookup: pinnedTo(addresses),
      rejectUnauthorized: verifyTls,
      maxHeaderSize: headerBytes,
      signal,
    });
    request.on('error', reject);
    request.once('response', (response) => answerOf(response).then(resolve, reject));
    request.end(body);
  });
}

function pinnedTo(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  const [first = { address: '', family: 0 }] = found;
  return (_, { all }, callback) => (all ? callback(null, found) : callback(null, first.address, first.family));
}

async function answerOf(response: IncomingMessage): Promise<OutgoingAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    size += chunk.length;
    // Leaving the loop ends the connection.
    if (size >= bodyBytes) break;
  }
  const headers = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).subarray(0, bodyBytes).toString('utf8'),
  };
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The connection was refused.',
  ECONNRESET: 'The connection was closed before an answer came.',
  EPIPE: 'The connection was closed before an answer came.',
  ENOTFOUND: 'The name of the host was not found.',
  EAI_AGAIN: 'The name of the host could not be looked up.',
  EHOSTUNREACH: 'The host cannot be reached.',
  ENETUNREACH: 'The network of the host cannot be reached.',
  HPE_HEADER_OVERFLOW: 'The headers of the answer are too large.',
};

/** Words of ours: the system's own name addresses. */
function reasonOf(error: unknown): string {
  if (error instanceof AddressRefused) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (reasons[code]) return reasons[code];
  if (/CERT|SELF_SIGNED|TLS|SSL|ISSUER|SIGNATURE/.test(code)) return `The secure connection failed: ${code}.`;
  return `The request failed${code === '' ? '' : `: ${code}`}.`;
}
