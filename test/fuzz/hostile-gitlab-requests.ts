import { seededRandom } from '../support/random.ts';
import { brokenBodies, encode, type HostileRequest, scalars, strings } from './hostile-requests.ts';

/** Names of parameters of many routes, each with values that get past the first check. */
const parameters: Readonly<Record<string, readonly unknown[]>> = {
  name: ['production', 'review/x', 'token'],
  path: ['shop', 'api-2'],
  environment: ['production', 'review/x y'],
  sha: ['a91957a8'],
  ref: ['main'],
  tag: ['false', true],
  status: ['running', 'success', 'failed', 'approved', 'rejected'],
  tier: ['production', 'other'],
  external_url: ['https://a.example', ''],
  description: ['text', null],
  auto_stop_in: ['1 week', '9999999 years'],
  auto_stop_at: ['2027-01-01', null],
  before: ['2026-01-01', '2016-01-01'],
  limit: [1, 1000],
  dry_run: [false, 'true'],
  page: [1, 2, 1e9],
  per_page: [1, 100, 0],
  order_by: ['id', 'updated_at', 'name'],
  sort: ['asc', 'desc'],
  search: ['abc', '%_\\'],
  states: ['available', 'stopped'],
  updated_after: ['2026-01-01T00:00:00Z'],
  visibility: ['private', 'internal'],
  namespace_id: [1],
  user_id: [1, '1,2'],
  access_level: [10, 30, 40, 50, 60],
  expires_at: ['2027-01-01', ''],
  scopes: [['api'], ['read_api', 'record']],
  url: ['https://hooks.example/x'],
  token: ['secret'],
  deployment_events: [true],
  freeze_start: ['0 23 * * 5', '* * * * *'],
  freeze_end: ['0 8 * * 1'],
  cron_timezone: ['UTC', 'Europe/Berlin', 'Mars/Base'],
  deploy_access_levels: [[{ access_level: 40 }], [{ user_id: 1 }], [{ id: 1, _destroy: true }]],
  approval_rules: [[{ access_level: 40, required_approvals: 1 }]],
  required_approval_count: [0, 1],
  username: ['somebody', 'admin'],
  email: ['somebody@example.com'],
  password: ['short'],
  comment: ['fine'],
  happened_at: ['2026-01-01T00:00:00Z'],
  sudo: ['admin', 1],
};
const ids = ['1', '2', 'shop%2Fapi', 'shop', 'production', 'review%2Fx', 'push_events', '-1', '9007199254740993'];
const formType = 'application/x-www-form-urlencoded';

/** Endless requests to routes of the GitLab API, the same for the same seed, most of them with something wrong in them. */
export class HostileGitLabRequests {
  readonly #random: () => number;
  readonly #routes: readonly string[];
  readonly #token: string;

  constructor(seed: number, routes: readonly string[], token: string) {
    this.#random = seededRandom(seed);
    this.#routes = routes;
    this.#token = token;
  }

  next(): HostileRequest {
    const [method = '', route = ''] = this.#pick(this.#routes).split(' ');
    const path = route.replaceAll(/:\w+|\*/g, () => this.#id());
    const pairs = Object.entries(this.#values()).map(
      ([name, value]) => `${name}=${encode(String(value).slice(0, 2000))}`,
    );
    const headers = { 'private-token': this.#chance(0.95) ? this.#token : 'slg_wrong' };
    const form = pairs.join('&');
    if (method === 'GET' || this.#chance(0.1)) return { method, path: `${path}?${form}`, headers, body: undefined };
    if (this.#chance(0.15))
      return { method, path, headers: { ...headers, 'content-type': formType }, body: nest(form) };
    const body = this.#chance(0.08) ? this.#pick(brokenBodies) : JSON.stringify(this.#values());
    return { method, path, headers: { ...headers, 'content-type': 'application/json' }, body };
  }

  #id(): string {
    return this.#chance(0.85) ? this.#pick(ids) : encode(this.#pick(strings).slice(0, 200)) || '0';
  }

  #values(): Record<string, unknown> {
    const names = Object.keys(parameters);
    const chosen = names.filter((name) => this.#chance(name === 'sudo' ? 0.05 : 0.6));
    // Most of a request is right, so that it gets as far as a feature; some requests are right altogether.
    const right = this.#chance(0.4) ? 1 : 0.9;
    return Object.fromEntries(
      chosen.map((name) => {
        if (this.#chance(right)) return [name, this.#pick(parameters[name] ?? [''])];
        return [name, this.#chance(0.6) ? this.#pick(strings) : this.#pick(scalars)];
      }),
    );
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)] as T; // the index is within the list, which is not empty
  }
}

/** Some names with brackets that tell of structure, or of none. */
function nest(form: string): string {
  return `${form}&scopes[]=api&approval_rules[][access_level]=40&a[b][c][d][e][f][g][h][i][j]=1&name[x]=1&[]=1&[=2&a]=3`;
}
