import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { echo, form, startPlatform } from '../../../../test/support/gitlab-platform.ts';
import { boolean, choice, dateTime, integer, list, record, text } from './parameters.ts';
import { type GitLabRoute, route } from './route.ts';

const deployment = {
  environment: text({ required: true, blank: false }),
  sha: text({ required: true, blank: false }),
  ref: text({ required: true, blank: false }),
  tag: boolean({ required: true }),
  status: choice(['running', 'success', 'failed', 'canceled'], { required: true }),
} as const;
const rule = { access_level: integer(), user_id: integer({ nullable: true }) };
const routes: readonly GitLabRoute[] = [
  echo('/deployments', deployment),
  echo('/text', { value: text({ maxLength: 8 }) }),
  echo('/name', { name: text({ required: true }) }),
  echo('/blank', { value: text({ blank: false }) }),
  echo('/clearable', { value: text({ nullable: true }), at: dateTime({ nullable: true }) }),
  echo('/integer', { value: integer() }),
  echo('/boolean', { value: boolean() }),
  echo('/time', { value: dateTime() }),
  echo('/choice', { value: choice(['asc', 'desc'], { fallback: 'asc' }) }),
  echo('/texts', { value: list(text({ required: true })) }),
  echo('/rules', { rules: list(record(rule, { required: true }), { required: true }) }),
  echo('/path/:id', { id: integer({ required: true }) }),
  route({
    method: 'GET',
    url: '/projects/:id/named/*',
    access: 'read',
    handler: async ({ path }) => path,
  }),
  route({
    method: 'DELETE',
    url: '/things/:id',
    access: 'write',
    parameters: { dry_run: boolean() },
    handler: async ({ values }) => (values['dry_run'] ? { values } : undefined),
  }),
];

describe('the GitLab API', () => {
  let platform: Awaited<ReturnType<typeof startPlatform>>;
  beforeAll(async () => {
    platform = await startPlatform(routes);
  });
  afterAll(() => platform.close());
  const send: typeof platform.send = (...request) => platform.send(...request);
  const post = (path: string, body: object) => send(`POST /${path}`, { payload: body });
  const readAs = async (path: string, value: unknown) => {
    const { status, json } = await post(path, { value });
    return status === 200 ? json.values.value : json.error;
  };

  describe('reads a parameter', () => {
    test.each([
      ...[true, 'true', 'TRUE', 't', 'y', 'yes', 'on', '1', 1].map((value) => ['boolean', value, true] as const),
      ...[false, 'false', 'False', 'FALSE', 'f', 'n', 'no', 'off', '0', 0].map(
        (value) => ['boolean', value, false] as const,
      ),
      ...['banana', [], {}, 2, 'tRuE'].map((value) => ['boolean', value, 'value is invalid'] as const),
      ['text', 123, '123'],
      ['text', true, 'true'],
      ['text', '', ''],
      ['text', ['a'], 'value is invalid'],
      ['text', { a: 1 }, 'value is invalid'],
      ['text', 'a\0b', 'value is invalid'],
      ['text', 'a\ud800b', 'value is invalid'],
      ['text', '123456789', 'value is expected to have length less than or equal to 8'],
      ['blank', ' \t', 'value is empty'],
      ['integer', '42', 42],
      ['integer', '-1', -1],
      ['integer', '1.5', 1],
      ['integer', 1.5, 1],
      ['integer', 'abc', 'value is invalid'],
      ['integer', '12abc', 'value is invalid'],
      ['integer', '99999999999999999999', 'value is invalid'],
      ['integer', [1], 'value is invalid'],
      ['integer', '', undefined],
      ['time', '2019-03-15', Date.UTC(2019, 2, 15)],
      ['time', '2019-03-15T08:00:00Z', Date.UTC(2019, 2, 15, 8)],
      ['time', '2019-03-15T08:00:00.123456Z', Date.UTC(2019, 2, 15, 8, 0, 0, 123)],
      ['time', '2019-03-15T08:00:00+05:30', Date.UTC(2019, 2, 15, 2, 30)],
      ['time', '2019-03-15T08:00:00-0100', Date.UTC(2019, 2, 15, 9)],
      ['time', '2019-03-15 08:00:00 UTC', Date.UTC(2019, 2, 15, 8)],
      ['time', '2019-03-15T08:00:00 05:30', Date.UTC(2019, 2, 15, 8)],
      ['time', '', undefined],
      ['time', '1552636800', 'value is invalid'],
      ['time', 1552636800, 'value is invalid'],
      ['time', '2019-02-30', 'value is invalid'],
      ['time', '2019-03-15T25:00:00Z', 'value is invalid'],
      ['time', 'yesterday', 'value is invalid'],
      ['choice', 'desc', 'desc'],
      ['choice', 'DESC', 'value does not have a valid value'],
      ['choice', '', 'value does not have a valid value'],
      ['choice', undefined, 'asc'],
      ['choice', null, 'asc'],
      ['texts', ['a', 'b'], ['a', 'b']],
      ['texts', 'a,b', ['a', 'b']],
      ['texts', '', []],
      ['texts', ['a', ['b'], {}], 'value[1] is invalid, value[2] is invalid'],
    ] as const)('%s: %j as %j', async (path, value, expected) => {
      expect(await readAs(path, value)).toEqual(expected);
    });

    test('as cleared by null only where it can be', async () => {
      expect((await post('clearable', { value: null, at: '' })).json.values).toEqual({ value: null, at: null });
      expect((await post('clearable', {})).json.values).toEqual({});
      expect((await post('text', { value: null })).json.values).toEqual({});
      expect((await post('name', { name: null })).json).toEqual({ error: 'name is empty' });
    });

    test('from inside lists and records, with the place named where it is wrong', async () => {
      const rules = [{ access_level: '40', extra: 1 }, { user_id: null }];
      expect((await post('rules', { rules })).json.values).toEqual({
        rules: [{ access_level: 40 }, { user_id: null }],
      });
      const wrong = await post('rules', { rules: [{ access_level: 'x' }, 5] });
      expect(wrong.json).toEqual({ error: 'rules[0][access_level] is invalid, rules[1] is invalid' });
      expect((await post('rules', { rules: 'x' })).json).toEqual({ error: 'rules[0] is invalid' });
      expect((await post('rules', {})).json).toEqual({ error: 'rules is missing' });
    });

    test('and names every one that is missing or wrong, in the order of their declaration', async () => {
      const { status, json } = await post('deployments', {});
      expect(status).toBe(400);
      expect(json).toEqual({
        error:
          'environment is missing, environment is empty, sha is missing, sha is empty, ref is missing, ref is empty, ' +
          'tag is missing, status is missing, status does not have a valid value',
      });
      const partly = { environment: 'a', sha: ' ', ref: 'r', tag: 'false', status: 'blocked' };
      expect((await post('deployments', partly)).json).toEqual({
        error: 'sha is empty, status does not have a valid value',
      });
      for (const tag of [null, '']) {
        const blank = { environment: 'a', sha: 's', ref: null, tag, status: null };
        expect((await post('deployments', blank)).json).toEqual({
          error: 'ref is empty, tag is invalid, status does not have a valid value',
        });
      }
      expect((await post('name', {})).json).toEqual({ error: 'name is missing' });
    });
  });

  describe('takes parameters', () => {
    const wanted = { environment: 'review/x y', sha: '1', ref: 'main', tag: false, status: 'success' };
    const encoded = 'environment=review%2Fx+y&sha=1&ref=main&tag=false&status=success';
    const boundary = 'a-boundary';
    const multipart = Object.entries(wanted)
      .map(([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
      .join('');

    test.each([
      ['JSON', { payload: wanted }],
      ['JSON whose values are all texts', { payload: { ...wanted, tag: 'false' } }],
      [
        'JSON with a charset',
        { payload: JSON.stringify(wanted), headers: { 'content-type': 'application/json; charset=utf-8' } },
      ],
      ['a form', { payload: encoded, headers: form }],
      [
        'multipart',
        {
          payload: `${multipart}--${boundary}--\r\n`,
          headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
        },
      ],
    ])('from %s', async (_, options) => {
      const { status, json } = await send('POST /deployments', options);
      expect([status, json.values]).toEqual([200, wanted]);
    });

    test('from the query alone, with or without an empty body', async () => {
      for (const headers of [{}, { 'content-type': 'application/json' }]) {
        expect((await send(`POST /deployments?${encoded}`, { headers })).json.values).toEqual(wanted);
      }
    });

    test('from path, body and query, the former winning, and ignores unknown ones', async () => {
      const { json } = await send('POST /path/7?id=8&unknown=1', { payload: { id: 9, other: 2 } });
      expect(json.values).toEqual({ id: 7 });
      expect((await send('POST /text?value=query', { payload: { value: 'body' } })).json.values).toEqual({
        value: 'body',
      });
    });

    test('from names with brackets, in queries and forms', async () => {
      expect((await send('POST /texts?value[]=a&value%5B%5D=b')).json.values).toEqual({ value: ['a', 'b'] });
      const payload = 'rules[][access_level]=40&rules[][user_id]=7&rules[][user_id]=8';
      const rules = [{ access_level: 40, user_id: 7 }, { user_id: 8 }];
      expect((await send('POST /rules', { payload, headers: form })).json.values).toEqual({ rules });
      const numbered = 'rules[0][access_level]=30&rules[1][access_level]=40';
      expect((await send('POST /rules', { payload: numbered, headers: form })).json.values).toEqual({
        rules: [{ access_level: 30 }, { access_level: 40 }],
      });
      expect((await send('POST /text?value=a&value=b')).json.values).toEqual({ value: 'b' });
    });

    test.each(['__proto__', 'constructor', 'hasOwnProperty'])('and is not fooled by the name %s', async (name) => {
      const payload = `${name}[value]=x&${name}=y`;
      expect((await send('POST /text', { payload, headers: form })).json.values).toEqual({});
      expect(
        (
          await send('POST /text', {
            payload: `{"${name}":{"value":"x"}}`,
            headers: { 'content-type': 'application/json' },
          })
        ).json.values,
      ).toEqual({});
      expect(Object.hasOwn(Object.prototype, 'value')).toBe(false);
    });

    test('in the path with an encoded slash, and behind a wildcard without', async () => {
      expect((await send('GET /projects/group%2Fsub%2Fproj/named/review/x')).json).toEqual({
        id: 'group/sub/proj',
        '*': 'review/x',
      });
      expect((await send('GET /projects/1/named/review%2Fx')).json).toEqual({ id: '1', '*': 'review/x' });
    });

    test('of a DELETE from its JSON body, and answers 204 without a body where there is nothing to say', async () => {
      expect((await send('DELETE /things/1', { payload: { dry_run: 'true' } })).json).toEqual({
        values: { dry_run: true },
      });
      const empty = await send('DELETE /things/1', { payload: {} });
      expect([empty.status, empty.body]).toEqual([204, '']);
    });

    test('never from an array, which is as good as empty', async () => {
      const { status, json } = await send('POST /name', { payload: [{ name: 'x' }] });
      expect([status, json]).toEqual([400, { error: 'name is missing' }]);
    });
  });
});
