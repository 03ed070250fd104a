import { report } from '../support/factories.ts';
import { seededRandom } from '../support/random.ts';

export interface HostileRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | undefined;
}

/** One operation of the API, as /openapi.json names it. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly query: readonly string[];
}

export const strings: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfffy',
  '\ud83d\ude00'.repeat(40),
  '\u202e\u2066\ufeff',
  'ı'.repeat(129),
  "'; drop table events; --",
  '%',
  '_!%',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'null',
  '0',
  '-1',
  '1e400',
  '9007199254740993',
  '2147483648',
  'NaN',
  'true',
  'in-progress',
  'gone',
  '2026-02-30T00:00:00Z',
  '2026-01-01T00:00:00',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:60Z',
  '-271821-04-20T00:00:00Z',
  '2026-01-01T00:00:00.123456789123456789+23:59',
  'javascript:alert(1)',
  'http://[::1',
  'http://\u0000/',
  'eyJhIjoxfQ==',
  '00000000-0000-0000-0000-000000000000',
  'a'.repeat(300),
  'z'.repeat(70_000),
];

export const scalars: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  2_147_483_648,
  [],
  {},
  [null],
  [[]],
  { a: { b: [] } },
];

export const brokenBodies: readonly (string | Buffer)[] = [
  '',
  '{',
  '[',
  '"',
  '{"a":}',
  '[1,2',
  '{"deployment_id": "x",}',
  'null',
  'undefined',
  '123',
  '\ufeff{}',
  '{"__proto__": {"admin": true}}',
  '{"constructor": {"prototype": {"admin": true}}}',
  '{"service": 1e999}',
  '{"service": "\\ud800"}',
  '{"a":1}\n{"a":2}\n',
  '\n\n\n',
  '['.repeat(5000) + ']'.repeat(5000),
  `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
  Buffer.from([0xff, 0xfe, 0x00, 0x80]),
  Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
  Buffer.from([0x1f, 0x8b, 0x08, 0x00]),
];

const contentTypes = [
  'application/json',
  'application/json; charset=utf-8',
  'application/json; charset=utf-16',
  'application/x-ndjson',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/',
  ';;;',
  '',
];

const hostileHeaders: readonly (readonly [string, readonly string[]])[] = [
  ['idempotency-key', ['', ' ', 'k'.repeat(256), 'k', '\u00ff', 'a,b']],
  ['x-progress-reporter', ['', 'UPPER', 'r'.repeat(129), 'a b', 'demo/emitter']],
  ['last-event-id', ['', '-1', '1e9', 'abc', '99999999999999999999', '0', '1.5']],
  ['if-none-match', ['', '*', 'W/"', '"x"', 'W/"1", "2"', '"'.repeat(2000)]],
  ['accept', ['', 'text/html', 'application/xml', '*/*;q=2', 'text/event-stream']],
  ['accept-encoding', ['gzip', 'br', 'identity;q=0', 'zstd', ',,,']],
  ['content-encoding', ['gzip', 'br', 'deflate', 'nonsense']],
  ['cookie', ['session=', 'shiplog_session=x', '=', ';;;', '__Host-a=\u00ff', 'a=%E0%A4%A']],
  ['origin', ['null', 'https://elsewhere.example', '::']],
  ['x-forwarded-for', ['', '1.2.3.4', "';--"]],
  ['x-http-method-override', ['DELETE']],
  ['expect', ['100-continue']],
  ['range', ['bytes=0-', 'bytes=-1', 'x']],
];

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'PROPFIND', 'TRACE'];

/** Endless hostile requests, the same for the same seed: valid ones with something wrong in them, and plain nonsense. */
export class HostileRequests {
  readonly #random: () => number;
  readonly #operations: readonly Operation[];
  readonly #token: string;

  constructor(seed: number, operations: readonly Operation[], token: string) {
    this.#random = seededRandom(seed);
    this.#operations = operations;
    this.#token = token;
  }

  next(): HostileRequest {
    const operation = this.#pick(this.#operations);
    const method = this.#chance(0.85) ? operation.method : this.#pick(methods);
    const body =
      ['GET', 'HEAD', 'TRACE', 'OPTIONS'].includes(method) && this.#chance(0.9) ? undefined : this.#body(operation);
    return { method, path: this.#path(operation), headers: this.#headers(body), body };
  }

  #path(operation: Operation): string {
    const path = operation.path.replace(/\{[^}]+\}/g, () => encode(this.#pick(strings).slice(0, 2000)));
    const nonsense = this.#chance(0.05)
      ? this.#pick(['/%', '/%E0%A4%A', '//', '/..%2f..', '/a/b/c', '/%00', '?', '/\u00ff'])
      : '';
    const query = operation.query
      .filter(() => this.#chance(0.4))
      .concat(this.#chance(0.2) ? ['unknown'] : [])
      .map((name) => `${name}=${this.#chance(0.05) ? '%' : encode(this.#pick(strings).slice(0, 4000))}`);
    return requestTarget(`${path}${nonsense}${query.length === 0 ? '' : `?${query.join('&')}`}`);
  }

  #headers(body: unknown): Record<string, string> {
    const headers: Record<string, string> = {};
    for (const [name, values] of hostileHeaders) if (this.#chance(0.08)) headers[name] = this.#pick(values);
    if (body !== undefined && this.#chance(0.95)) {
      headers['content-type'] = this.#chance(0.85) ? 'application/json' : this.#pick(contentTypes);
    }
    const access = this.#random();
    if (access < 0.9) headers['authorization'] = `Bearer ${this.#token}`;
    else if (access < 0.93) headers['x-api-key'] = this.#token;
    else if (access < 0.97)
      headers['authorization'] = this.#pick([
        'Bearer',
        'Basic !!!',
        'Basic eDp5',
        'Bearer \u00ff',
        'Digest x',
        'Bearer a b',
      ]);
    return headers;
  }

  #body({ path }: Operation): string | Buffer {
    if (this.#chance(0.15)) return this.#pick(brokenBodies);
    const value = path.endsWith('/batch')
      ? Array.from({ length: Math.floor(this.#random() * 4) }, () => this.#mutated(report({ service: 'fuzz' })))
      : this.#mutated(this.#validFor(path));
    return JSON.stringify(this.#chance(0.05) ? this.#hostile() : value) ?? 'null';
  }

  #validFor(path: string): Record<string, unknown> {
    if (path.includes('/tokens')) return { name: 'fuzz', scopes: ['record'] };
    // Passwords that get as far as being hashed are rare: each takes longer than a hundred other requests.
    const password = this.#chance(0.05) ? 'a long password' : 'short';
    if (path.includes('/password')) return { current_password: password, new_password: 'another password' };
    if (path.includes('/session')) {
      return this.#chance(0.05) ? { username: 'nobody', password } : { token: this.#pick(strings) };
    }
    if (path.includes('/users')) return { username: this.#pick(strings), password };
    if (path.includes('/fetcher')) return { cursor: 'cursor' };
    return { ...report({ service: 'fuzz', environment: 'test' }), run_number: 1, parent_deployments: ['a'] };
  }

  #mutated(valid: Record<string, unknown>): Record<string, unknown> {
    const value = { ...valid };
    const times = Math.floor(this.#random() * 3);
    for (let time = 0; time < times; time += 1) {
      const key = this.#pick(Object.keys(value).concat('surprise'));
      if (this.#chance(0.2)) delete value[key];
      else value[key] = this.#hostile();
    }
    return value;
  }

  #hostile(): unknown {
    if (this.#chance(0.05)) return Array.from({ length: 40 }, () => this.#pick(strings));
    return this.#chance(0.6) ? this.#pick(strings) : this.#pick(scalars);
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)] as T; // the index is within the list, which is not empty
  }
}

/** encodeURIComponent that lets half a surrogate pass, as three bytes, instead of throwing. */
export function encode(text: string): string {
  return [...text]
    .map((letter) => (/[\ud800-\udfff]/.test(letter) && letter.length === 1 ? '%ED%A0%80' : encodeURIComponent(letter)))
    .join('');
}

/** What an HTTP client would refuse to put on a request line. */
function requestTarget(path: string): string {
  return path.replace(/[^\x21-\x7e]/g, (letter) => encodeURIComponent(letter));
}
