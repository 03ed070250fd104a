import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { ask } from '../../../test/support/ask.ts';
import { databases } from '../../../test/support/databases.ts';
import { report } from '../../../test/support/factories.ts';
import { startTestServer, type TestServer } from '../../../test/support/server.ts';
import { signIn } from '../../../test/support/sign-in.ts';

describe.each(databases)('secrets on $name', ({ name }) => {
  test('are in no table, no log line and no answer to somebody else', async () => {
    const log: string[] = [];
    await using server = await startTestServer({
      database: name,
      log,
      adminToken: 'the-admin-token-of-the-settings',
      trustProxy: true,
    });
    const { token = '' } = await server.client.createToken({ name: 'ci', scopes: ['api'] });
    const password = 'correct horse battery';
    await server.client.createUser({ username: 'ada', password });
    const { one_time_password: oneTime = '' } = await server.client.createUser({ username: 'bob' });
    const { page } = await signIn(server, { username: 'ada', password });
    await signIn(server, { username: 'ada', password: 'a-wrong-guess' });
    const cookie = page.headers.cookie.replace('shiplog_session=', '');
    const secrets = [server.adminToken, token, password, oneTime, cookie, 'a-wrong-guess'];
    expect(secrets.every((secret) => secret.length > 10)).toBe(true);

    const answers = [
      await ask(server, `GET /api/matrix?private_token=${token}&unknown=1`, { token: null }),
      await ask(server, `GET /api/nothing?private_token=${token}`, { token: null }),
      await ask(server, 'POST /api/deployments', { token, body: '{"broken' }),
      await ask(server, 'POST /api/deployments', { token: `${token}x`, body: report() }),
      await ask(server, 'POST /api/session', { token: null, body: { username: 'ada', password: `${password}!` } }),
      await ask(server, 'POST /api/tokens', { ...page, body: { name: 'x', scopes: ['admin'] } }),
      await ask(server, 'GET /api/tokens'),
      await ask(server, 'GET /metrics'),
    ];
    await failInside(server, token);

    const haystacks = {
      tables: await everyCell(server),
      log: log.join(''),
      answers: answers.map(({ text }) => text).join(''),
    };
    for (const [place, text] of Object.entries(haystacks)) {
      expect(text.length).toBeGreaterThan(50);
      for (const secret of secrets) expect(`${place}: ${text.includes(secret)}`).toBe(`${place}: false`);
    }
  });
});

/** A failure of ours writes the most to the log: the table that tokens live in is gone. */
async function failInside(server: TestServer, token: string): Promise<void> {
  await sql`alter table fetcher_states rename to gone`.execute(server.context.database.read);
  const answer = await ask(server, `GET /api/fetcher/state/x?private_token=${token}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  await sql`alter table gone rename to fetcher_states`.execute(server.context.database.read);
  expect(answer.status).toBe(500);
  expect(answer.body).toMatchObject({ code: 'internal', status: 500 });
  expect(answer.text).not.toMatch(/fetcher_states|select|sql/i);
}

async function everyCell({ context }: TestServer): Promise<string> {
  const { read } = context.database;
  const tables = await read.introspection.getTables();
  const contents = await Promise.all(tables.map(({ name }) => sql`select * from ${sql.table(name)}`.execute(read)));
  return JSON.stringify(contents.map(({ rows }) => rows));
}
