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

export interface OutgoingGet {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A longer answer is a failure. */
  readonly mostBytes: number;
  /** For the whole exchange; absent: as for other requests. */
  readonly limitMs?: number;
}

export interface OutgoingAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Of an answer to a POST the first 64 KiB. */
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
  post({ body, verifyTls, ...request }: OutgoingPost): Promise<OutgoingAnswer> {
    return this.#send(
      { ...request, method: 'POST', body, verifyTls, mostBytes: bodyBytes, isCut: true },
      this.#limitMs,
    );
  }

  /** The same, with the whole answer, or the failure that it is too large. Who an https server is must be proven. */
  get({ limitMs = this.#limitMs, ...request }: OutgoingGet): Promise<OutgoingAnswer> {
    return this.#send({ ...request, method: 'GET', body: undefined, verifyTls: true, isCut: false }, limitMs);
  }

  async #send(request: Exchange, limitMs: number): Promise<OutgoingAnswer> {
    const signal = AbortSignal.timeout(limitMs);
    try {
      const url = new URL(request.url);
      const addresses = await until(signal, this.addresses.resolve(url));
      return await until(signal, exchange(url, addresses, request, signal));
    } catch (error) {
      const late = `No answer within ${limitMs / 1000} seconds.`;
      const timedOut = signal.aborted;
      throw new OutgoingFailure(timedOut ? late : reasonOf(error), { cause: error, timedOut });
    }
  }
}

interface Exchange {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly verifyTls: boolean;
  readonly mostBytes: number;
  /** Whether of a longer answer the beginning is enough. */
  readonly isCut: boolean;
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
  { method, headers, body, verifyTls, mostBytes, isCut }: Exchange,
  signal: AbortSignal,
): Promise<OutgoingAnswer> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-length': Buffer.byteLength(body) },
      // A fresh agent: a kept connection would be one that was checked for another request.
      agent: false,
      lookup: pinnedTo(addresses),
      rejectUnauthorized: verifyTls,
      maxHeaderSize: headerBytes,
      signal,
    });
    request.on('error', reject);
    request.once('response', (response) => answerOf(response, mostBytes, isCut).then(resolve, reject));
    request.end(body);
  });
}

function pinnedTo(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  const [first = { address: '', family: 0 }] = found;
  return (_, { all }, callback) => (all ? callback(null, found) : callback(null, first.address, first.family));
}

async function answerOf(response: IncomingMessage, mostBytes: number, isCut: boolean): Promise<OutgoingAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > mostBytes && !isCut) throw new AnswerTooLarge(`The answer is larger than ${mostBytes} bytes.`);
    // Leaving the loop ends the connection.
    if (size >= mostBytes && isCut) break;
  }
  const headers = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8'),
  };
}

class AnswerTooLarge extends Error {}

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
  if (error instanceof AddressRefused || error instanceof AnswerTooLarge) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (reasons[code]) return reasons[code];
  if (/CERT|SELF_SIGNED|TLS|SSL|ISSUER|SIGNATURE/.test(code)) return `The secure connection failed: ${code}.`;
  return `The request failed${code === '' ? '' : `: ${code}`}.`;
}
