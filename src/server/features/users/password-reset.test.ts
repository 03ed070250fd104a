import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases } from '../../../../test/support/databases.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { signIn } from '../../../../test/support/sign-in.ts';

describe.each(databases)('a lost password on $name', ({ name }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name, trustProxy: true });
    await server.client.createUser({ username: 'ada', password: 'a long password' });
  });
  afterAll(() => server.stop());

  test('is replaced by one that must be changed, which ends what was begun with the old one', async () => {
    const before = await signIn(server, { username: 'ada', password: 'a long password' });
    expect(before.status).toBe(200);
    const { one_time_password: password = '' } = await server.client.resetPassword('Ada');
    expect((await signIn(server, { username: 'ada', password: 'a long password' })).status).toBe(401);
    const again = await signIn(server, { username: 'ada', password });
    expect([again.status, again.body]).toMatchObject([200, { password_change_required: true }]);
  });

  test('is nobody else’s to replace, and nothing for a user there is not', async () => {
    await expect(server.client.resetPassword('nobody')).rejects.toMatchObject({ status: 404 });
    const { token } = await server.client.createToken({ name: 'api', scopes: ['api'] });
    await expect(server.clientOf(token).resetPassword('ada')).rejects.toMatchObject({ status: 403 });
  });
});
