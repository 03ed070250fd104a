import type {
  PasswordChange,
  Session,
  SignIn,
  Token,
  TokenList,
  TokenRequest,
  User,
  UserRequest,
} from '../contract/access.ts';
import type { ApprovalState, DecisionRequest, Inbox, InboxQuery } from '../contract/approvals.ts';
import type { ChangeDetails, ChangePage, ChangeQuery, WaitingPage, WaitingQuery } from '../contract/changes.ts';
import type {
  BatchAnswer,
  DeploymentEvent,
  DeploymentPage,
  DeploymentQuery,
  DeploymentReport,
} from '../contract/deployment-event.ts';
import type {
  Hook,
  HookDelivery,
  HookDeliveryDetails,
  HookDeliveryPage,
  HookDeliveryQuery,
  HookList,
  HookRequest,
  HookUpdate,
} from '../contract/hooks.ts';
import type {
  IncomingDelivery,
  IncomingDeliveryDetails,
  IncomingPage,
  IncomingQuery,
  IncomingSecret,
  IncomingSecretList,
  IncomingSecretRequest,
} from '../contract/incoming.ts';
import type { Matrix, MatrixQuery } from '../contract/matrix.ts';
import type { Problem } from '../contract/problem.ts';
import type { RepositoryAnswer, RepositoryRequest } from '../contract/repositories.ts';
import type { NameList, Version } from '../contract/server-info.ts';
import type {
  BehindAnswer,
  BehindQuery,
  DeploymentChanges,
  DeploymentDiff,
  DiffQuery,
  WhereAnswer,
} from '../contract/where.ts';
import { type EventStreamOptions, readEventStream } from './event-stream.ts';
import { ShiplogError, UnreachableError } from './shiplog-error.ts';

export interface ClientOptions {
  /** Where the server is, without a path: `https://shiplog.example`. Empty in a page that the server itself serves. */
  readonly baseUrl: string;
  readonly token?: string | undefined;
  /** For each request; a stream has none. */
  readonly timeoutMs?: number;
}

export interface ReportOptions {
  readonly idempotencyKey?: string | undefined;
  readonly progressReporter?: string | undefined;
}

interface RequestOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** The native API as functions. Each throws ShiplogError for a refusal and UnreachableError where no answer came. */
export class ShiplogClient {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = { ...options, baseUrl: options.baseUrl.replace(/\/+$/, '') };
  }

  record(report: DeploymentReport, options: ReportOptions = {}): Promise<DeploymentEvent> {
    return this.#request('POST', '/api/deployments', { body: report, headers: reportHeaders(options) });
  }

  recordBatch(reports: readonly DeploymentReport[], options: ReportOptions = {}): Promise<BatchAnswer> {
    return this.#request('POST', '/api/deployments/batch', { body: reports, headers: reportHeaders(options) });
  }

  deployments(query: DeploymentQuery = {}, signal?: AbortSignal): Promise<DeploymentPage> {
    return this.#request('GET', `/api/deployments${queryText(query)}`, { signal });
  }

  deployment(id: string): Promise<DeploymentEvent> {
    return this.#request('GET', `/api/deployments/${encodeURIComponent(id)}`);
  }

  matrix(query: MatrixQuery = {}, signal?: AbortSignal): Promise<Matrix> {
    return this.#request('GET', `/api/matrix${queryText(query)}`, { signal });
  }

  services(): Promise<NameList> {
    return this.#request('GET', '/api/services');
  }

  environments(): Promise<NameList> {
    return this.#request('GET', '/api/environments');
  }

  /** Merge and pull requests with the environments that they are in. */
  changes(query: ChangeQuery = {}, signal?: AbortSignal): Promise<ChangePage> {
    return this.#request('GET', `/api/changes${queryText(query)}`, { signal });
  }

  /** One with its ladder; `project` is a path or a number. */
  change(project: string, number: number, signal?: AbortSignal): Promise<ChangeDetails> {
    return this.#request('GET', `/api/changes/${number}${queryText({ project })}`, { signal });
  }

  /** What is live in one environment and not in the next. */
  waitingChanges(query: WaitingQuery = {}, signal?: AbortSignal): Promise<WaitingPage> {
    return this.#request('GET', `/api/changes/waiting${queryText(query)}`, { signal });
  }

  /** Where a commit, a change or a version is. */
  where(q: string, signal?: AbortSignal): Promise<WhereAnswer> {
    return this.#request('GET', `/api/where${queryText({ q })}`, { signal });
  }

  diff(query: DiffQuery, signal?: AbortSignal): Promise<DeploymentDiff> {
    return this.#request('GET', `/api/deployments/diff${queryText(query)}`, { signal });
  }

  /** What a deployment shipped and took out, by its number. */
  deploymentChanges(deployment: number, signal?: AbortSignal): Promise<DeploymentChanges> {
    return this.#request('GET', `/api/deployments/${deployment}/changes`, { signal });
  }

  /** How far each environment is behind the one before it. */
  behind(query: BehindQuery = {}, signal?: AbortSignal): Promise<BehindAnswer> {
    return this.#request('GET', `/api/behind${queryText(query)}`, { signal });
  }

  /** What waits for the caller's decision. */
  inbox(query: InboxQuery = {}, signal?: AbortSignal): Promise<Inbox> {
    return this.#request('GET', `/api/approvals${queryText(query)}`, { signal });
  }

  /** By the number of the deployment, as events carry it. */
  approvals(deployment: number, signal?: AbortSignal): Promise<ApprovalState> {
    return this.#request('GET', `/api/approvals/${deployment}`, { signal });
  }

  decide(deployment: number, request: DecisionRequest): Promise<ApprovalState> {
    return this.#request('POST', `/api/approvals/${deployment}`, { body: request });
  }

  /** Of a project, by its path or number. */
  hooks(project: string, signal?: AbortSignal): Promise<HookList> {
    return this.#request('GET', `/api/hooks${queryText({ project })}`, { signal });
  }

  hook(id: number, signal?: AbortSignal): Promise<Hook> {
    return this.#request('GET', `/api/hooks/${id}`, { signal });
  }

  createHook(request: HookRequest): Promise<Hook> {
    return this.#request('POST', '/api/hooks', { body: request });
  }

  updateHook(id: number, change: HookUpdate): Promise<Hook> {
    return this.#request('PATCH', `/api/hooks/${id}`, { body: change });
  }

  deleteHook(id: number): Promise<void> {
    return this.#request('DELETE', `/api/hooks/${id}`);
  }

  /** Sends a test to the hook now, and waits for how that goes. */
  testHook(id: number): Promise<HookDelivery> {
    return this.#request('POST', `/api/hooks/${id}/test`);
  }

  hookDeliveries(id: number, query: HookDeliveryQuery = {}, signal?: AbortSignal): Promise<HookDeliveryPage> {
    return this.#request('GET', `/api/hooks/${id}/deliveries${queryText(query)}`, { signal });
  }

  hookDelivery(id: number, delivery: number, signal?: AbortSignal): Promise<HookDeliveryDetails> {
    return this.#request('GET', `/api/hooks/${id}/deliveries/${delivery}`, { signal });
  }

  /** Sends a delivery again now, and waits for how that goes. */
  redeliver(id: number, delivery: number): Promise<HookDelivery> {
    return this.#request('POST', `/api/hooks/${id}/deliveries/${delivery}/redeliver`);
  }

  /** What came in by webhooks of other tools. */
  incoming(query: IncomingQuery, signal?: AbortSignal): Promise<IncomingPage> {
    return this.#request('GET', `/api/incoming${queryText(query)}`, { signal });
  }

  incomingDelivery(id: number): Promise<IncomingDeliveryDetails> {
    return this.#request('GET', `/api/incoming/${id}`);
  }

  replayIncoming(id: number): Promise<IncomingDelivery> {
    return this.#request('POST', `/api/incoming/${id}/replay`);
  }

  /** `project` is a path or a number, as in the two below. */
  incomingSecrets(project: string): Promise<IncomingSecretList> {
    return this.#request('GET', `/api/incoming/secrets${queryText({ project })}`);
  }

  createIncomingSecret(project: string, request: IncomingSecretRequest): Promise<IncomingSecret> {
    return this.#request('POST', `/api/incoming/secrets${queryText({ project })}`, { body: request });
  }

  deleteIncomingSecret(project: string, id: number): Promise<void> {
    return this.#request('DELETE', `/api/incoming/secrets/${id}${queryText({ project })}`);
  }

  /** The git repository of a project, by the project's path or number; so in the three below. */
  repository(project: string, signal?: AbortSignal): Promise<RepositoryAnswer> {
    return this.#request('GET', `/api/repository${queryText({ project })}`, { signal });
  }

  setRepository(project: string, request: RepositoryRequest): Promise<RepositoryAnswer> {
    return this.#request('PUT', `/api/repository${queryText({ project })}`, { body: request });
  }

  removeRepository(project: string): Promise<void> {
    return this.#request('DELETE', `/api/repository${queryText({ project })}`);
  }

  /** Answers before it is fetched. */
  fetchRepository(project: string): Promise<RepositoryAnswer> {
    return this.#request('POST', `/api/repository/fetch${queryText({ project })}`);
  }

  version(): Promise<Version> {
    return this.#request('GET', '/api/version');
  }

  session(signal?: AbortSignal): Promise<Session> {
    return this.#request('GET', '/api/session', { signal });
  }

  signIn(credentials: SignIn): Promise<Session> {
    return this.#request('POST', '/api/session', { body: credentials });
  }

  signOut(): Promise<void> {
    return this.#request('DELETE', '/api/session');
  }

  changePassword(change: PasswordChange): Promise<Session> {
    return this.#request('PUT', '/api/session/password', { body: change });
  }

  tokens(): Promise<TokenList> {
    return this.#request('GET', '/api/tokens');
  }

  createToken(request: TokenRequest): Promise<Token> {
    return this.#request('POST', '/api/tokens', { body: request });
  }

  revokeToken(id: number): Promise<void> {
    return this.#request('DELETE', `/api/tokens/${id}`);
  }

  createUser(request: UserRequest): Promise<User> {
    return this.#request('POST', '/api/users', { body: request });
  }

  resetPassword(username: string): Promise<User> {
    return this.#request('POST', `/api/users/${encodeURIComponent(username)}/password-reset`);
  }

  /** Follows the live stream until the signal aborts, reconnecting from the last event seen. */
  follow(options: Omit<EventStreamOptions, 'url' | 'token'>): Promise<void> {
    return readEventStream({
      ...options,
      url: `${this.#options.baseUrl}/api/events/stream`,
      token: this.#options.token,
    });
  }

  async #request<T>(method: string, path: string, { body, headers, signal }: RequestOptions = {}): Promise<T> {
    const { baseUrl, token, timeoutMs = 30_000 } = this.#options;
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

function reportHeaders({ idempotencyKey, progressReporter }: ReportOptions): Record<string, string> {
  return {
    ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
    ...(progressReporter ? { 'x-progress-reporter': progressReporter } : {}),
  };
}

function queryText(query: Readonly<Record<string, string | undefined>>): string {
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
