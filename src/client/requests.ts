import type { Problem } from '../contract/problem.ts';
import { ShiplogError, UnreachableError } from './shiplog-error.ts';

export interface ClientOptions {
  /** Where the server is, without a path: `https://shiplog.example`. Empty in a page that the server itself serves. */
  readonly baseUrl: string;
  readonly token?: string | undefined;
  /** For each request; a stream has none. */
  readonly timeoutMs?: number;
  /** Whether a change that is asked for again, before the first answer, is sent once: a button may be pressed twice. See `send`. */
  readonly joinsRepeats?: boolean;
}

export interface RequestOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Sends requests to one server as one caller. */
export class Requests {
  readonly options: ClientOptions;
  readonly #underway = new Map<string, Promise<unknown>>();

  constructor(options: ClientOptions) {
    this.options = { ...options, baseUrl: options.baseUrl.replace(/\/+$/, '') };
  }

  /**
   * Throws ShiplogError for a refusal and UnreachableError where no answer came. With `joinsRepeats` a change that is
   * asked for again before the first answer gets that answer; not one with headers of its own, which may make it
   * another, nor with a signal, which ends the request of one caller only.
   */
  send<T>(method: string, path: string, request: RequestOptions = {}): Promise<T> {
    const isAlone = request.headers !== undefined || request.signal !== undefined;
    if (!this.options.joinsRepeats || method === 'GET' || isAlone) return this.#send(method, path, request);
    const key = `${method} ${path} ${JSON.stringify(request.body)}`;
    const underway = this.#underway.get(key);
    if (underway) return underway as Promise<T>; // the same request has the same answer
    const sent = this.#send<T>(method, path, request).finally(() => this.#underway.delete(key));
    this.#underway.set(key, sent);
    return sent;
  }

  async #send<T>(method: string, path: string, { body, headers, signal }: RequestOptions): Promise<T> {
    const { baseUrl, token, timeoutMs = 30_000 } = this.options;
    const url = `${baseUrl}${path}`;
    const deadline = AbortSignal.timeout(timeoutMs);
    let answer: Response;
    let text: string;
    try {
      answer = await fetch(url, {
        method,
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      });
      text = await answer.text();
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new UnreachableError(url, error);
    }
    if (!answer.ok) throw new ShiplogError(answer.status, problemOf(text), retryAfter(answer));
    // The server answers what the contract says; its response schemas are tested there.
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}

/** The question mark and what follows it; empty for no query. */
export function queryText(query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

function problemOf(text: string): Problem | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && 'title' in body ? (body as Problem) : undefined; // a proxy may answer anything
  } catch {
    return undefined;
  }
}

function retryAfter(answer: Response): number | undefined {
  const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}
