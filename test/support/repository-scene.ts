import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Repository } from '../../src/contract/repositories.ts';
import { databases } from './databases.ts';
import { report } from './factories.ts';
import { serveGit } from './git-over-http.ts';
import { makeGitRepository } from './git-repository.ts';
import { startTestServer, type TestServer, type TestServerOptions } from './server.ts';

export const project = 'checkout';
export const secret = 'hunter2-of-the-remote';

/** A server with one project, and a remote that the project may name by folder or by http. */
export async function scene(options: TestServerOptions = {}) {
  const remote = await makeGitRepository();
  const http = await serveGit(remote.folder);
  let now = Date.now();
  const log: string[] = [];
  const server = await startTestServer({
    repositoryPaths: [remote.folder],
    webhookAllowedHosts: ['127.0.0.1', 'git.test'],
    outgoing: { resolve: async () => ['127.0.0.1'] },
    clock: () => now,
    log,
    ...options,
  });
  await server.client.record(report({ service: project }));
  const { fetcher } = server.context.repositoryWork;
  return {
    remote,
    http,
    server,
    log,
    byHttp: `${http.url}/repository.git`,
    pass: (ms: number) => {
      now += ms;
    },
    /** Connects it, and answers how the first fetch went. */
    async connect(request: { url: string; username?: string; secret?: string }): Promise<Repository> {
      await server.client.setRepository(project, request);
      await fetcher.runOnce();
      return stateOf(server);
    },
    async fetch(): Promise<Repository> {
      await server.client.fetchRepository(project);
      await fetcher.runOnce();
      return stateOf(server);
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      await http[Symbol.asyncDispose]();
      await remote[Symbol.asyncDispose]();
    },
  };
}

/** As its maintainer reads it. */
export async function stateOf({ client }: TestServer): Promise<Repository> {
  const { repository } = await client.repository(project);
  if (!repository) throw new Error('It is connected.');
  return repository;
}

/** The shas that are known, in the order of their numbers. */
export async function commitsOf({ context }: TestServer): Promise<string[]> {
  const rows = await context.database.read.selectFrom('commits').select('sha').orderBy('n').execute();
  return rows.map(({ sha }) => sha);
}

/** A git that writes down with which arguments it is called, and what `also` prints. */
export async function gitSpy(also: string) {
  const folder = await mkdtemp(join(tmpdir(), 'shiplog-git-spy-'));
  const program = join(folder, 'git');
  const calls = join(folder, 'calls');
  await writeFile(program, `#!/bin/sh\n{ echo "$*"; ${also || ':'}; } >> ${calls}\nexec git "$@"\n`);
  await chmod(program, 0o755);
  return {
    program,
    calls: () => readFile(calls, 'utf8'),
    remove: () => rm(folder, { recursive: true }),
  };
}

/** Of whichever kind is there: what a test of a remote needs is the same. */
export function createDatabase() {
  const [kind] = databases;
  if (!kind) throw new Error('There is a database.');
  return kind.create();
}

/** All text below a folder. */
export async function textsIn(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((file) => readFile(file, 'latin1')))).join('\n');
}
