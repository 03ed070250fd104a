import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases } from '../support/databases.ts';
import { type GitRepository, makeGitRepository } from '../support/git-repository.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { type RebuiltHistory, type Release, rebuild, recordedHistories } from './recorded-history.ts';
import { trackProject } from './tracked-project.ts';

describe.each(databases)('the releases of real repositories on $name', ({ name }) => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ database: name, repositoryPaths: ['/tmp'] });
  });
  afterAll(async () => {
    await server.stop();
  });

  test.each(recordedHistories)(
    'Each change of %s is linked to the first release that git says contains it',
    async (history) => {
      await using repository = await makeGitRepository();
      const rebuilt = await rebuild(repository, history);
      const releases = await deployed(repository, rebuilt);
      const project = await trackProject(server, repository);
      const later = releases.filter((_, index) => index % 3 !== 1);
      await project.shipAll(releases.map((release) => ({ ...release, environment: 'staging' })));
      await project.shipAll(later.map((release) => ({ ...release, environment: 'production' })));

      const expected = await firstContaining(repository, rebuilt, releases);
      expect(expected.join(' ').split(' ').length).toBeGreaterThan(5);
      expect(await project.links('staging')).toEqual(expected);
      expect(await project.links('production')).toEqual(await firstContaining(repository, rebuilt, later));
    },
  );
});

/** The releases; of a repository with hardly any, some commits of its main branch. */
async function deployed(repository: GitRepository, { releases }: RebuiltHistory): Promise<readonly Release[]> {
  if (releases.length > 5) return releases;
  const lines = (await repository.git('log', '--first-parent', '--reverse', '--format=%H %cI', 'main')).split('\n');
  return lines
    .filter((_, index) => index % 2 === 1)
    .map((line, index) => {
      const [sha = '', at = ''] = line.split(' ');
      return { version: `build-${index}`, sha, at };
    });
}

/** For each release the changes that it contains and none before it did, by `git rev-list` alone; the first links none. */
async function firstContaining(
  repository: GitRepository,
  { landings }: RebuiltHistory,
  releases: readonly Release[],
): Promise<string[]> {
  const seen = new Set<number>();
  const lists: string[] = [];
  for (const [index, { sha }] of releases.entries()) {
    const contained = (await repository.git('rev-list', sha))
      .split('\n')
      .flatMap((commit) => landings.get(commit) ?? []);
    const fresh = [...new Set(contained)].filter((number) => !seen.has(number)).sort((a, b) => a - b);
    for (const number of fresh) seen.add(number);
    lists.push(index === 0 ? '' : fresh.map((number) => `!${number}`).join(' '));
  }
  return lists;
}
