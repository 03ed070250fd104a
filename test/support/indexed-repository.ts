import { join } from 'node:path';
import { CommitIndexStore } from '../../src/server/features/repositories/commit-index-store.ts';
import { CommitPathStore } from '../../src/server/features/repositories/commit-path-store.ts';
import { CopyFinder } from '../../src/server/features/repositories/copies.ts';
import { CopiesStore } from '../../src/server/features/repositories/copies-store.ts';
import { GitProgram } from '../../src/server/features/repositories/git-program.ts';
import { Mirrors } from '../../src/server/features/repositories/mirrors.ts';
import { RemoteAccess } from '../../src/server/features/repositories/remote-access.ts';
import { RepositoryIndexer } from '../../src/server/features/repositories/repository-indexer.ts';
import { OutgoingAddresses } from '../../src/server/http/outgoing-address.ts';
import { report } from './factories.ts';
import type { GitRepository } from './git-repository.ts';
import type { TestServer } from './server.ts';

let made = 0;

/**
 * A repository that a server knows, and that it does not read by itself: the test says when which node does, and sees the
 * tables. `path`: where it is read, if that is not the repository itself.
 */
export async function indexedRepository(server: TestServer, remote: GitRepository, path = remote.path) {
  const { database, logger } = server.context;
  const { read } = database;
  const { id } = await database.transaction((tx) =>
    tx
      .insertInto('repositories')
      // Far in the future: the server's own worker leaves it alone.
      .values({ url: path, fingerprint: `indexed-${made++}`, next_fetch_at: 8.64e15, created_at: 0 })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  const target = { id, url: path, username: null, secret: null };
  /** A node with mirrors of its own; it may be one that breaks. */
  const node = (name = 'a', Kind: typeof Mirrors = Mirrors) => {
    const mirrors = new Kind({
      git: new GitProgram('git', join(server.config.dataDir, 'home')),
      access: new RemoteAccess({ addresses: new OutgoingAddresses([]), allowedHosts: [], folders: [remote.folder] }),
      folder: join(server.config.dataDir, `mirrors-${name}`),
      fingerprintOf: ({ url }) => url,
      limits: { fetchMs: 60_000, sizeBytes: 1024 ** 3 },
    });
    const indexer = new RepositoryIndexer({
      commits: new CommitIndexStore(database),
      paths: new CommitPathStore(database),
      copies: new CopyFinder({ store: new CopiesStore(database), mirrors, logger }),
      mirrors,
    });
    const fetch = () => mirrors.fetch(target);
    return {
      fetch,
      index: indexer.index.bind(indexer, target),
      turn: async () => indexer.index(target, await fetch()),
    };
  };
  const commits = () => read.selectFrom('commits').selectAll().where('repository_id', '=', id).orderBy('n').execute();
  return {
    id,
    node,
    ...node(),
    commits,
    state: () => read.selectFrom('repositories').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    /** What each commit says: its sha, the kind, and the sha or number that it names. */
    async notes() {
      const shas = new Map((await commits()).map(({ n, sha }) => [n, sha]));
      const ours = read.selectFrom('commit_notes').selectAll().where('repository_id', '=', id);
      return (await ours.orderBy('id').execute()).map(({ n, kind, number, sha }) => [shas.get(n), kind, sha ?? number]);
    },
    async tags() {
      const rows = await read.selectFrom('repository_tags').selectAll().where('repository_id', '=', id).execute();
      return Object.fromEntries(rows.map((tag) => [tag.name, tag.sha]));
    },
    /** The subjects of the commits that touch a folder. */
    async touching(folder: string) {
      const ours = read.selectFrom('path_commits').select('n').where('repository_id', '=', id);
      const touched = new Set((await ours.where('path', '=', folder).execute()).map(({ n }) => n));
      return (await commits()).filter(({ n }) => touched.has(n)).map(({ subject }) => subject);
    },
    /** Makes a project that is limited to a folder, and answers how to limit it to another. */
    async limitTo(folder: string) {
      const name = `limited-${made++}`;
      await server.client.record(report({ service: name }));
      const projects = read.selectFrom('projects').select('id').where('name', '=', name);
      const { id: projectId } = await projects.executeTakeFirstOrThrow();
      const values = { project_id: projectId, repository_id: id, path: folder, created_at: 0, updated_at: 0 };
      await database.transaction((tx) => tx.insertInto('project_repositories').values(values).execute());
      return (next: string) =>
        database.transaction((tx) =>
          tx.updateTable('project_repositories').set({ path: next }).where('project_id', '=', projectId).execute(),
        );
    },
  };
}
