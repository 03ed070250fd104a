import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { limits } from '../../../contract/limits.ts';
import { invalid } from '../../errors.ts';
import type { Claimed } from '../../features/incoming/incoming-receiver.ts';
import type { Arrival } from '../../features/incoming/incoming-types.ts';
import { isStorable } from '../../http/storable-text.ts';

/** A request of another tool, before anybody knows whether it is who it says. */
export interface RawRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body as text; empty where it is none. */
  readonly text: string;
}

/** How one tool's webhooks name what they are about, and prove who sent them. */
export interface Sender {
  readonly isProvenBy: (request: RawRequest, secret: string) => boolean;
  /** The project's path, in the tool's words. */
  readonly projectOf: (request: RawRequest) => string | undefined;
  readonly eventOf: (request: RawRequest) => string;
  /** What tells a repeat from another delivery; undefined where the sender does not say. */
  readonly keyOf: (request: RawRequest) => string | undefined;
  /** Headers worth keeping, none of them secret. */
  readonly kept: readonly string[];
}

const longestKey = 255;
const longestEvent = 100;
const longestProject = limits.path;

/** What the receiver is to know of a request; `named` is the project that its address names. */
export function claimedOf(
  sender: Sender,
  request: RawRequest,
  named: string | undefined,
): Omit<Claimed, 'source' | 'body'> {
  const project = named ?? sender.projectOf(request);
  const key = sender.keyOf(request);
  const event = sender.eventOf(request);
  return {
    project: project !== undefined && project.length <= longestProject && isStorable(project) ? project : undefined,
    event: event.length <= longestEvent && isStorable(event) ? event : '',
    key: key !== undefined && key.length <= longestKey && isStorable(key) ? key : hashOf(request.body),
    headers: keptHeaders(request.headers, sender.kept),
    isProvenBy: (secret) => sender.isProvenBy(request, secret),
  };
}

/** One header as text; undefined where it is absent or came twice. */
export function headerOf({ headers }: Pick<RawRequest, 'headers'>, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** SHA-256 in hex: names a body that has no other name. */
export function hashOf(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex');
}

/** Compares in a time that tells nothing of where two texts differ. */
export function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function keptHeaders(headers: IncomingHttpHeaders, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headerOf({ headers }, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/**
 * Throws `validation_failed` for what a Shiplog sent, this one or another: hooks tell of what webhooks told, and two that
 * told each other would never end.
 */
export function refuseShiplog({ headers }: Pick<Arrival, 'headers'>): void {
  if (!/\bshiplog\b/i.test(headers['user-agent'] ?? '')) return;
  throw invalid([{ pointer: 'The sender', message: 'is a Shiplog: what it tells would be told without end' }]);
}
