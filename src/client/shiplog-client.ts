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
import { type ClientOptions, queryText, Requests } from './requests.ts';

export interface ReportOptions {
  readonly idempotencyKey?: string | undefined;
  readonly progressReporter?: string | undefined;
}

/** The native API as functions. Each throws ShiplogError for a refusal and UnreachableError where no answer came. */
export class ShiplogClient {
  /** For the clients of single areas, such as `PeopleClient`. */
  readonly requests: Requests;

  constructor(options: ClientOptions) {
    this.requests = new Requests(options);
  }

  record(report: DeploymentReport, options: ReportOptions = {}): Promise<DeploymentEvent> {
    return this.requests.send('POST', '/api/deployments', { body: report, headers: reportHeaders(options) });
  }

  recordBatch(reports: readonly DeploymentReport[], options: ReportOptions = {}): Promise<BatchAnswer> {
    return this.requests.send('POST', '/api/deployments/batch', { body: reports, headers: reportHeaders(options) });
  }

  deployments(query: DeploymentQuery = {}, signal?: AbortSignal): Promise<DeploymentPage> {
    return this.requests.send('GET', `/api/deployments${queryText(query)}`, { signal });
  }

  deployment(id: string): Promise<DeploymentEvent> {
    return this.requests.send('GET', `/api/deployments/${encodeURIComponent(id)}`);
  }

  matrix(query: MatrixQuery = {}, signal?: AbortSignal): Promise<Matrix> {
    return this.requests.send('GET', `/api/matrix${queryText(query)}`, { signal });
  }

  services(): Promise<NameList> {
    return this.requests.send('GET', '/api/services');
  }

  environments(): Promise<NameList> {
    return this.requests.send('GET', '/api/environments');
  }

  /** Merge and pull requests with the environments that they are in. */
  changes(query: ChangeQuery = {}, signal?: AbortSignal): Promise<ChangePage> {
    return this.requests.send('GET', `/api/changes${queryText(query)}`, { signal });
  }

  /** One with its ladder; `project` is a path or a number. */
  change(project: string, number: number, signal?: AbortSignal): Promise<ChangeDetails> {
    return this.requests.send('GET', `/api/changes/${number}${queryText({ project })}`, { signal });
  }

  /** What is live in one environment and not in the next. */
  waitingChanges(query: WaitingQuery = {}, signal?: AbortSignal): Promise<WaitingPage> {
    return this.requests.send('GET', `/api/changes/waiting${queryText(query)}`, { signal });
  }

  /** Where a commit, a change or a version is. */
  where(q: string, signal?: AbortSignal): Promise<WhereAnswer> {
    return this.requests.send('GET', `/api/where${queryText({ q })}`, { signal });
  }

  diff(query: DiffQuery, signal?: AbortSignal): Promise<DeploymentDiff> {
    return this.requests.send('GET', `/api/deployments/diff${queryText(query)}`, { signal });
  }

  /** What a deployment shipped and took out, by its number. */
  deploymentChanges(deployment: number, signal?: AbortSignal): Promise<DeploymentChanges> {
    return this.requests.send('GET', `/api/deployments/${deployment}/changes`, { signal });
  }

  /** How far each environment is behind the one before it. */
  behind(query: BehindQuery = {}, signal?: AbortSignal): Promise<BehindAnswer> {
    return this.requests.send('GET', `/api/behind${queryText(query)}`, { signal });
  }

  /** What waits for the caller's decision. */
  inbox(query: InboxQuery = {}, signal?: AbortSignal): Promise<Inbox> {
    return this.requests.send('GET', `/api/approvals${queryText(query)}`, { signal });
  }

  /** By the number of the deployment, as events carry it. */
  approvals(deployment: number, signal?: AbortSignal): Promise<ApprovalState> {
    return this.requests.send('GET', `/api/approvals/${deployment}`, { signal });
  }

  decide(deployment: number, request: DecisionRequest): Promise<ApprovalState> {
    return this.requests.send('POST', `/api/approvals/${deployment}`, { body: request });
  }

  /** Of a project, by its path or number. */
  hooks(project: string, signal?: AbortSignal): Promise<HookList> {
    return this.requests.send('GET', `/api/hooks${queryText({ project })}`, { signal });
  }

  hook(id: number, signal?: AbortSignal): Promise<Hook> {
    return this.requests.send('GET', `/api/hooks/${id}`, { signal });
  }

  createHook(request: HookRequest): Promise<Hook> {
    return this.requests.send('POST', '/api/hooks', { body: request });
  }

  updateHook(id: number, change: HookUpdate): Promise<Hook> {
    return this.requests.send('PATCH', `/api/hooks/${id}`, { body: change });
  }

  deleteHook(id: number): Promise<void> {
    return this.requests.send('DELETE', `/api/hooks/${id}`);
  }

  /** Sends a test to the hook now, and waits for how that goes. */
  testHook(id: number): Promise<HookDelivery> {
    return this.requests.send('POST', `/api/hooks/${id}/test`);
  }

  hookDeliveries(id: number, query: HookDeliveryQuery = {}, signal?: AbortSignal): Promise<HookDeliveryPage> {
    return this.requests.send('GET', `/api/hooks/${id}/deliveries${queryText(query)}`, { signal });
  }

  hookDelivery(id: number, delivery: number, signal?: AbortSignal): Promise<HookDeliveryDetails> {
    return this.requests.send('GET', `/api/hooks/${id}/deliveries/${delivery}`, { signal });
  }

  /** Sends a delivery again now, and waits for how that goes. */
  redeliver(id: number, delivery: number): Promise<HookDelivery> {
    return this.requests.send('POST', `/api/hooks/${id}/deliveries/${delivery}/redeliver`);
  }

  /** What came in by webhooks of other tools. */
  incoming(query: IncomingQuery, signal?: AbortSignal): Promise<IncomingPage> {
    return this.requests.send('GET', `/api/incoming${queryText(query)}`, { signal });
  }

  incomingDelivery(id: number, signal?: AbortSignal): Promise<IncomingDeliveryDetails> {
    return this.requests.send('GET', `/api/incoming/${id}`, { signal });
  }

  replayIncoming(id: number): Promise<IncomingDelivery> {
    return this.requests.send('POST', `/api/incoming/${id}/replay`);
  }

  /** `project` is a path or a number, as in the two below. */
  incomingSecrets(project: string, signal?: AbortSignal): Promise<IncomingSecretList> {
    return this.requests.send('GET', `/api/incoming/secrets${queryText({ project })}`, { signal });
  }

  createIncomingSecret(project: string, request: IncomingSecretRequest): Promise<IncomingSecret> {
    return this.requests.send('POST', `/api/incoming/secrets${queryText({ project })}`, { body: request });
  }

  deleteIncomingSecret(project: string, id: number): Promise<void> {
    return this.requests.send('DELETE', `/api/incoming/secrets/${id}${queryText({ project })}`);
  }

  /** The git repository of a project, by the project's path or number; so in the three below. */
  repository(project: string, signal?: AbortSignal): Promise<RepositoryAnswer> {
    return this.requests.send('GET', `/api/repository${queryText({ project })}`, { signal });
  }

  setRepository(project: string, request: RepositoryRequest): Promise<RepositoryAnswer> {
    return this.requests.send('PUT', `/api/repository${queryText({ project })}`, { body: request });
  }

  removeRepository(project: string): Promise<void> {
    return this.requests.send('DELETE', `/api/repository${queryText({ project })}`);
  }

  /** Answers before it is fetched. */
  fetchRepository(project: string): Promise<RepositoryAnswer> {
    return this.requests.send('POST', `/api/repository/fetch${queryText({ project })}`);
  }

  version(): Promise<Version> {
    return this.requests.send('GET', '/api/version');
  }

  session(signal?: AbortSignal): Promise<Session> {
    return this.requests.send('GET', '/api/session', { signal });
  }

  signIn(credentials: SignIn): Promise<Session> {
    return this.requests.send('POST', '/api/session', { body: credentials });
  }

  signOut(): Promise<void> {
    return this.requests.send('DELETE', '/api/session');
  }

  changePassword(change: PasswordChange): Promise<Session> {
    return this.requests.send('PUT', '/api/session/password', { body: change });
  }

  tokens(): Promise<TokenList> {
    return this.requests.send('GET', '/api/tokens');
  }

  createToken(request: TokenRequest): Promise<Token> {
    return this.requests.send('POST', '/api/tokens', { body: request });
  }

  revokeToken(id: number): Promise<void> {
    return this.requests.send('DELETE', `/api/tokens/${id}`);
  }

  createUser(request: UserRequest): Promise<User> {
    return this.requests.send('POST', '/api/users', { body: request });
  }

  resetPassword(username: string): Promise<User> {
    return this.requests.send('POST', `/api/users/${encodeURIComponent(username)}/password-reset`);
  }

  /** Follows the live stream until the signal aborts, reconnecting from the last event seen. */
  follow(options: Omit<EventStreamOptions, 'url' | 'token'>): Promise<void> {
    const { baseUrl, token } = this.requests.options;
    return readEventStream({ ...options, url: `${baseUrl}/api/events/stream`, token });
  }
}

function reportHeaders({ idempotencyKey, progressReporter }: ReportOptions): Record<string, string> {
  return {
    ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
    ...(progressReporter ? { 'x-progress-reporter': progressReporter } : {}),
  };
}
