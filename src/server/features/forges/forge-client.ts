import type { ForgeKind } from '../../../contract/repositories.ts';
import type { Clock } from '../../clock.ts';
import { ShiplogFault } from '../../errors.ts';
import { type OutgoingAnswer, OutgoingFailure, type OutgoingRequests } from '../../http/outgoing-requests.ts';
import { Payload } from '../../payload.ts';
import type { ToldChange } from '../changes/change-types.ts';
import { ForgeFailure } from './forge-types.ts';
import { githubPull } from './github-pull.ts';
import { gitlabMergeRequest } from './gitlab-merge-request.ts';

/** What is asked of a forge. */
export interface ForgeQuestion {
  readonly kind: ForgeKind;
  readonly url: string;
  readonly project: string;
  readonly token: string;
  /** Only changes updated from then on, epoch milliseconds; null: all. */
  readonly since: number | null;
  /** Where reading goes on; undefined: at its beginning. */
  readonly from?: string | undefined;
}

export interface ForgePage {
  /** The address of the next one; undefined: this is the last. */
  readonly next: string | undefined;
  readonly changes: readonly ToldChange[];
  /** Why some could not be understood. */
  readonly faults: readonly string[];
}

export const perPage = 50;
const mostBytes = 8 * 1024 * 1024;
const longestRestMs = 60 * 60_000;

/** Asks GitHub's or GitLab's API for changes. */
export class ForgeClient {
  readonly #requests: OutgoingRequests;
  readonly #clock: Clock;
  readonly #agent: string;

  /** `agent`: how this server calls itself. */
  constructor(requests: OutgoingRequests, clock: Clock, agent: string) {
    this.#requests = requests;
    this.#clock = clock;
    this.#agent = agent;
  }

  /**
   * Page by page, those updated last first: what is updated while it is read comes to the front, so that something is read
   * twice, and nothing is left out. Throws ForgeFailure.
   */
  async *changes(question: ForgeQuestion): AsyncIterable<ForgePage> {
    let next: string | undefined = question.from ?? forges[question.kind].firstPage(question);
    while (next !== undefined) {
      const answer = await this.#get(next, question);
      const page = pageOf(answer.body, forges[question.kind].read);
      const isPast = page.changes.some(({ updatedAt }) => question.since !== null && updatedAt < question.since);
      const following: URL | ForgeFailure | undefined = isPast ? undefined : nextPage(answer, next);
      yield { ...page, next: following instanceof URL ? following.href : undefined };
      if (following instanceof ForgeFailure) throw following;
      next = following?.href;
    }
  }

  async #get(url: string, { kind, token, project }: ForgeQuestion): Promise<OutgoingAnswer> {
    const headers = { 'user-agent': this.#agent, authorization: `Bearer ${token}`, ...forges[kind].headers };
    const answer = await this.#requests.get({ url, headers, mostBytes }).catch((error: unknown) => {
      throw error instanceof OutgoingFailure ? new ForgeFailure(error.message, { cause: error }) : error;
    });
    if (answer.status === 200) return answer;
    const notBefore = this.#notBefore(answer);
    throw new ForgeFailure(refusalOf(answer, project, notBefore), notBefore === undefined ? {} : { notBefore });
  }

  /** Where it was asked too often: its headers say until when it does not answer. */
  #notBefore({ status, headers }: OutgoingAnswer): number | undefined {
    const isSpent = (headers['x-ratelimit-remaining'] ?? headers['ratelimit-remaining']) === '0';
    const retryAfter = Number(headers['retry-after'] ?? Number.NaN);
    if (status !== 429 && !(status === 403 && (isSpent || retryAfter > 0)) && status !== 503) return undefined;
    const now = this.#clock();
    const reset = Number(headers['x-ratelimit-reset'] ?? headers['ratelimit-reset'] ?? Number.NaN) * 1000;
    const asked = retryAfter > 0 ? now + retryAfter * 1000 : reset;
    return Math.min(asked > now ? asked : now + 60_000, now + longestRestMs);
  }
}

interface Forge {
  readonly headers: Readonly<Record<string, string>>;
  readonly firstPage: (question: ForgeQuestion) => string;
  readonly read: (payload: Payload, at: string) => ToldChange;
}

const forges: Readonly<Record<ForgeKind, Forge>> = {
  github: {
    headers: { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
    firstPage: ({ url, project }) => {
      const path = project.split('/').map(encodeURIComponent).join('/');
      return `${url}/repos/${path}/pulls?state=all&sort=updated&direction=desc&per_page=${perPage}`;
    },
    read: githubPull,
  },
  gitlab: {
    headers: { accept: 'application/json' },
    firstPage: ({ url, project, since }) => {
      const updated = since === null ? '' : `&updated_after=${new Date(since).toISOString()}`;
      const order = `scope=all&order_by=updated_at&sort=desc&per_page=${perPage}`;
      return `${url}/projects/${encodeURIComponent(project)}/merge_requests?${order}${updated}`;
    },
    read: gitlabMergeRequest,
  },
};

function pageOf(body: string, read: Forge['read']): Omit<ForgePage, 'next'> {
  const items = itemsOf(body);
  const changes: ToldChange[] = [];
  const faults: string[] = [];
  for (const item of items) {
    try {
      changes.push(read(new Payload(item), ''));
    } catch (error) {
      faults.push(faultOf(error));
    }
  }
  return { changes, faults };
}

function itemsOf(body: string): readonly unknown[] {
  try {
    const items: unknown = JSON.parse(body);
    if (Array.isArray(items)) return items;
  } catch (error) {
    throw new ForgeFailure('Its answer is not valid JSON.', { cause: error });
  }
  throw new ForgeFailure('Its answer is not a list of changes. Is the address that of its API?');
}

function faultOf(error: unknown): string {
  if (!(error instanceof ShiplogFault)) throw error;
  return error.fields.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
}

/** Of the header `Link`: <https://…?page=2>; rel="next". The token goes to no other server than the one it was given for. */
function nextPage({ headers }: OutgoingAnswer, current: string): URL | ForgeFailure | undefined {
  const links = (headers['link'] ?? '').split(/,\s*(?=<)/);
  const [, target] = links.flatMap((link) => /^<([^>]*)>.*;\s*rel="?next"?/.exec(link) ?? []);
  if (target === undefined) return undefined;
  const url = URL.canParse(target, current) ? new URL(target, current) : undefined;
  return url?.origin === new URL(current).origin ? url : new ForgeFailure('Its next page is on another server.');
}

function refusalOf({ status }: OutgoingAnswer, project: string, notBefore: number | undefined): string {
  if (notBefore !== undefined)
    return `It was asked too often, and answers again at ${new Date(notBefore).toISOString()}.`;
  if (status === 401) return 'It does not accept the token.';
  if (status === 403) return 'The token may not read merge or pull requests.';
  if (status === 404) return `It has no project ${project}, or the token may not read it.`;
  if (status >= 300 && status < 400) return `It answered ${status}: the project or the API has another address now.`;
  return `It answered ${status}.`;
}
