import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import formatsOf from 'ajv-formats';
import { expect } from 'vitest';
import { type Answer, type AskOptions, ask } from '../support/ask.ts';
import type { TestServer } from '../support/server.ts';

interface Schemas {
  /** By `GET /repos/{owner}/{repo}/deployments`, then by status. */
  readonly responses: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly definitions: Readonly<Record<string, object>>;
}

const file = new URL('../fixtures/github/response-schemas.json', import.meta.url);
const { responses, definitions }: Schemas = JSON.parse(readFileSync(file, 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true });
formatsOf.default(ajv);
// The default of every address in a deployment status is the empty text, which is none.
ajv.addFormat('uri', (value) => value === '' || URL.canParse(value));

const patterns = Object.keys(responses).map((route) => {
  const [method = '', path = ''] = route.split(' ');
  return { route, method, pattern: new RegExp(`^(/api/v3)?${path.replace(/\{\w+\}/g, '[^/]+')}$`) };
});

/** Holds an answer against GitHub's own description of it; errors that are not described there are basic errors. */
export function expectDescribed(method: string, path: string, status: number, body: unknown): void {
  if (status === 204) return expect(body ?? '').toBe('');
  const found = patterns.find((each) => each.method === method && each.pattern.test(path));
  if (status < 400 && !found) throw new Error(`GitHub describes no ${method} ${path}.`);
  const errorName = status === 409 || status === 422 ? 'validation-error' : 'basic-error';
  const validate = validatorOf(found?.route ?? '', status, errorName);
  validate(body);
  expect(validate.errors ?? [], `${method} ${path} ${status}: ${JSON.stringify(body)}`).toEqual([]);
}

const validators = new Map<string, ValidateFunction>();

function validatorOf(route: string, status: number, errorName: string): ValidateFunction {
  const schema = responses[route]?.[status] ?? { $ref: `#/definitions/${errorName}` };
  const key = JSON.stringify(schema);
  const validate = validators.get(key) ?? ajv.compile({ ...schema, definitions });
  validators.set(key, validate);
  return validate;
}

/** One request to the GitHub dialect, whose answer is held against GitHub's description. */
export async function askGitHub<T = Record<string, unknown>>(
  server: Pick<TestServer, 'url' | 'adminToken'>,
  request: Parameters<typeof ask>[1],
  { token = server.adminToken, headers = {}, ...options }: AskOptions = {},
): Promise<Answer<T>> {
  const authorization = token === null ? {} : { authorization: `token ${token}` };
  const answer = await ask<T>(server, request, { ...options, token: null, headers: { ...authorization, ...headers } });
  const [method = '', path = ''] = request.split(' ');
  expectDescribed(method, path.split('?')[0] ?? '', answer.status, answer.body ?? answer.text);
  return answer;
}
