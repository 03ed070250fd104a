import { Gitlab } from '@gitbeaker/rest';
import { ask } from './ask.ts';
import type { TestServer } from './server.ts';

export interface Person {
  readonly id: number;
  readonly username: string;
  /** Of a personal token with the scope `api`. */
  readonly token: string;
  readonly gitlab: InstanceType<typeof Gitlab<false>>;
}

let made = 0;

/** The administrator of a test server, as a GitLab client knows it. */
export function adminOf(server: TestServer) {
  return gitlabOf(server, server.adminToken);
}

export function gitlabOf(server: TestServer, token: string) {
  return new Gitlab<false>({ host: server.url, token });
}

/** Somebody with an account and a personal token, and a member of nothing. */
export async function newPerson(
  server: TestServer,
  name = 'person',
  scopes: readonly string[] = ['api'],
): Promise<Person> {
  made += 1;
  const username = `${name}-${made}`;
  const body = { username, name, email: `${username}@example.com`, force_random_password: true };
  const { body: user } = await ask<{ id: number }>(server, 'POST /api/v4/users', { body });
  const token = { name: `of ${username}`, scopes };
  const answer = await ask<{ token: string }>(server, `POST /api/v4/users/${user.id}/personal_access_tokens`, {
    body: token,
  });
  return { id: user.id, username, token: answer.body.token, gitlab: gitlabOf(server, answer.body.token) };
}
