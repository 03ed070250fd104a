import { describe, expect, test } from 'vitest';
import { databases } from '../../../../test/support/databases.ts';
import { administrator, join, person, privateProject } from '../../../../test/support/people.ts';
import { RawStream } from '../../../../test/support/raw-stream.ts';
import { startTestServer } from '../../../../test/support/server.ts';
import { signIn } from '../../../../test/support/sign-in.ts';

describe.each(databases)('an open stream on $name', ({ name }) => {
  test('ends when its token is revoked or its session is over, and no other does', async () => {
    let now = Date.now();
    await using server = await startTestServer({ database: name, clock: () => now });
    const { id, token = '' } = await server.client.createToken({ name: 'gone soon', scopes: ['read_api'] });
    const { token: other = '' } = await server.client.createToken({ name: 'stays', scopes: ['read_api'] });
    const { page } = await signIn(server, { token: other });
    const url = `${server.url}/api/events/stream`;
    using revoked = await RawStream.open(url, { 'x-api-key': token });
    using kept = await RawStream.open(url, { 'x-api-key': other });
    using session = await RawStream.open(url, page.headers);

    await server.client.revokeToken(id);
    await server.context.streams.endUnwelcome();
    await expect.poll(() => revoked.ended).toBe(true);
    expect([kept.ended, session.ended]).toEqual([false, false]);

    now += 15 * 86_400_000;
    await server.context.streams.endUnwelcome();
    await expect.poll(() => session.ended).toBe(true);
    expect(kept.ended).toBe(false);
  });

  test('ends when what may be seen by it is other than at its beginning, so that nobody is told more or less', async () => {
    await using server = await startTestServer({ database: name });
    const [member, other] = [await person(server, 'member'), await person(server, 'other')];
    const { path } = await privateProject(server, 'acme/secret');
    await join(server, 'project', path, member, 'reporter');
    const url = `${server.url}/api/events/stream`;
    using removed = await RawStream.open(url, { 'x-api-key': member.token });
    using joined = await RawStream.open(url, { 'x-api-key': other.token });
    await server.context.streams.endUnwelcome();
    expect([removed.ended, joined.ended]).toEqual([false, false]);

    await join(server, 'project', path, other, 'reporter');
    await server.context.streams.endUnwelcome();
    await expect.poll(() => joined.ended).toBe(true);
    expect(removed.ended).toBe(false);

    const admin = await administrator(server);
    await server.context.members.remove(admin, await server.context.projects.holder(admin, path), member.id);
    await server.context.streams.endUnwelcome();
    await expect.poll(() => removed.ended).toBe(true);
  });
});
