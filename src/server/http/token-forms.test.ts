import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../test/support/ask.ts';
import { databases } from '../../../test/support/databases.ts';
import { startTestServer, type TestServer } from '../../../test/support/server.ts';
import type { Session } from '../../contract/access.ts';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
interface Form {
  readonly form: string;
  readonly headers: (token: string) => Readonly<Record<string, string>>;
  readonly query: (token: string) => string;
}
const inHeader = (form: string, headers: Form['headers']): Form => ({ form, headers, query: () => '' });

const forms: readonly Form[] = [
  inHeader('the header X-Api-Key', (token) => ({ 'x-api-key': token })),
  inHeader('the header PRIVATE-TOKEN', (token) => ({ 'private-token': token })),
  inHeader('the header JOB-TOKEN', (token) => ({ 'job-token': token })),
  { form: 'the parameter private_token', headers: () => ({}), query: (token) => `?private_token=${token}` },
  inHeader('Authorization: Bearer', (token) => ({ authorization: `Bearer ${token}` })),
  inHeader('Authorization: bearer, with blanks', (token) => ({ authorization: `bearer   ${token}` })),
  inHeader('Authorization: token', (token) => ({ authorization: `token ${token}` })),
  inHeader('Basic, as the password', (token) => ({ authorization: basic(`anyone:${token}`) })),
  inHeader('Basic, as the user without a password', (token) => ({ authorization: basic(`${token}:`) })),
  inHeader('Basic, as the user alone', (token) => ({ authorization: basic(token) })),
  inHeader('Basic, as the user with x-oauth-basic', (token) => ({ authorization: basic(`${token}:x-oauth-basic`) })),
];

describe.each(databases)('a token on $name', ({ name }) => {
  let server: TestServer;
  let token: string;
  beforeAll(async () => {
    server = await startTestServer({ database: name, adminToken: 'admin:token/with+signs=' });
    token = (await server.client.createToken({ name: 'many forms', scopes: ['read_api'] })).token ?? '';
  });
  afterAll(() => server.stop());

  test.each(forms)('is taken as $form', async ({ headers, query }) => {
    for (const path of ['/api/matrix', '/api/deployments', '/api/services'] as const) {
      const answer = await ask(server, `GET ${path}${query(token)}`, { token: null, headers: headers(token) });
      expect([path, answer.status]).toEqual([path, 200]);
    }
    const session = await ask<Session>(server, `GET /api/session${query(token)}`, {
      token: null,
      headers: headers(token),
    });
    expect(session.body).toEqual({
      signed_in: true,
      public_read: false,
      name: 'many forms',
      username: null,
      scopes: ['read_api'],
      password_change_required: false,
    });
  });

  test.each(forms)('that is wrong is refused as $form', async ({ headers, query }) => {
    const wrong = `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`;
    const answer = await ask(server, `GET /api/matrix${query(wrong)}`, { token: null, headers: headers(wrong) });
    expect([answer.status, answer.body.code]).toEqual([401, 'credentials_wrong']);
    expect(answer.text).not.toContain(wrong);
  });

  test.each(forms.filter(({ form }) => !form.includes('user') && !form.includes('parameter')))(
    'of the administrator is taken as $form, whatever signs it has',
    async ({ headers }) => {
      const answer = await ask(server, 'GET /api/tokens', { token: null, headers: headers(server.adminToken) });
      expect(answer.status).toBe(200);
    },
  );

  test.each(['Bearer', '', 'Digest username="a"', basic(''), basic(':'), 'Basic %%%'])(
    'is not found in Authorization: %s',
    async (authorization) => {
      expect((await ask(server, 'GET /api/matrix', { token: null, headers: { authorization } })).status).toBe(401);
    },
  );

  test('given twice in the query is none', async () => {
    expect(
      (await ask(server, `GET /api/matrix?private_token=${token}&private_token=${token}`, { token: null })).status,
    ).toBe(401);
  });
});
