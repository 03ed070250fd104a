import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderOf, type GeneratedRepository, generateRepository, git } from './generated-repository.ts';
import { asJson, type Process, residentMegabytes, startShiplog } from './processes.ts';
import type { Row } from './table.ts';

/** Of which a tenth is squashed: 5,000 merges, and 50,000 commits. */
const requests = 5560;
const lanes = 250;
const samples = 20;

/**
 * Merge requests in a repository of 50,000 commits: how long until it is read for the first time, until a deployment of 500
 * commits is linked, and until 500 lanes say how far they are behind. Beside it what git takes for the same question.
 */
export async function changes(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'shiplog-bench-'));
  try {
    const repository = await generateRepository(join(folder, 'big.git'), requests, lanes);
    await using server = await startShiplog(undefined, join(folder, 'data'), { SHIPLOG_REPOSITORY_PATHS: folder });
    const idle = residentMegabytes(server.pid);
    return [
      await firstIndex(server, repository, folder),
      await linking(server, repository),
      await behind(server, repository),
      { what: 'memory for it', found: `${Math.round(residentMegabytes(server.pid) - idle)} MB`, wanted: '< 300 MB' },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function firstIndex(server: Process, repository: GeneratedRepository, folder: string): Promise<Row> {
  const cloned = await timed(async () => {
    await git(folder, ['clone', '--quiet', '--bare', '--filter=blob:none', `file://${repository.path}`, 'clone.git']);
    await git(join(folder, 'clone.git'), ['log', '--all', '--topo-order', '--format=%H %P %an %at %ct %B']);
  });
  await deploy(server, 'service-0', 'production', repository.main[0]);
  const took = await timed(async () => {
    await connect(server, 'service-0', repository.path);
    await until(server, '/api/repository?project=bench/service-0', ({ repository: found }) => {
      const { fetched_at, commit_count } = (found ?? {}) as Answer; // null until it is connected
      return Boolean(fetched_at) && commit_count === repository.commits;
    });
  });
  return row(
    `first index of ${repository.commits} commits, ${repository.merges} merges`,
    took,
    cloned,
    'clone and log',
    '< 60 s',
  );
}

async function linking(server: Process, { path, main, commits, requests: all }: GeneratedRepository): Promise<Row> {
  const news = Math.round(500 / (commits / all));
  const [before = '', after = ''] = [main.at(-1 - news), main.at(-1)];
  await deploy(server, 'service-0', 'production', before);
  const asked = await timed(async () => void (await git(path, ['rev-list', `${before}..${after}`])));
  const took = await timed(async () => {
    const number = await deploy(server, 'service-0', 'production', after);
    await until(
      server,
      `/api/deployments/${number}/changes`,
      ({ ships }) => (ships as { count: number } | null)?.count === news,
    );
  });
  return row(
    `deployment of ${Math.round(news * (commits / all))} commits linked`,
    took,
    asked,
    'git rev-list',
    '< 1 s',
  );
}

async function behind(server: Process, { path, main }: GeneratedRepository): Promise<Row> {
  const pairs: [string, string][] = [];
  for (let index = 0; index < lanes; index++) {
    const service = `service-${index + 1}`;
    const [production = '', staging = ''] = [main.at(-30 - (index % 200)), main.at(-1 - (index % 25))];
    pairs.push([production, staging]);
    await deploy(server, service, 'production', production);
    await deploy(server, service, 'staging', staging);
    await connect(server, service, path, folderOf(index));
  }
  await until(server, '/api/behind', ({ items }) => {
    const known = (items as { commits: number | null }[]).filter(({ commits }) => commits !== null);
    return known.length >= lanes;
  });
  const asked = await timed(async () => {
    for (const [production, staging] of pairs) await git(path, ['rev-list', '--count', `${production}..${staging}`]);
  });
  const times: number[] = [];
  for (let index = 0; index < samples; index++) {
    // Another deployment each time: what was counted before holds no longer.
    await deploy(server, 'service-1', 'production', main.at(-40 - index));
    times.push(await timed(async () => void (await answer(server, '/api/behind'))));
  }
  times.sort((a, b) => a - b);
  return row(`behind, ${2 * lanes} lanes`, times[samples >> 1] ?? Number.NaN, asked, 'git rev-list each', '< 200 ms');
}

function row(what: string, took: number, baseline: number, beside: string, wanted: string): Row {
  return {
    what,
    found: `${took.toFixed(0)} ms`,
    wanted,
    beside: `${beside}: ${baseline.toFixed(0)} ms`,
    ratio: (took / baseline).toFixed(2),
  };
}

async function connect(server: Process, service: string, url: string, path = ''): Promise<void> {
  const body = JSON.stringify({ url, path });
  const told = await fetch(`${server.url}/api/repository?project=bench/${service}`, {
    method: 'PUT',
    headers: asJson,
    body,
  });
  if (!told.ok) throw new Error(`Connecting ${service}: ${told.status} ${await told.text()}`);
}

/** Answers the number of the deployment. */
async function deploy(server: Process, service: string, environment: string, sha: string | undefined): Promise<number> {
  const body = {
    namespace: 'bench',
    service,
    environment,
    status: 'success',
    sha,
    happened_at: new Date().toISOString(),
  };
  const told = await fetch(`${server.url}/api/deployments`, {
    method: 'POST',
    headers: asJson,
    body: JSON.stringify({ ...body, deployment_id: crypto.randomUUID() }),
  });
  if (!told.ok) throw new Error(`Deploying ${service}: ${told.status} ${await told.text()}`);
  return ((await told.json()) as { deployment_number: number }).deployment_number; // the contract's DeploymentEvent
}

type Answer = Readonly<Record<string, unknown>>;

async function answer(server: Process, path: string): Promise<Answer> {
  const told = await fetch(`${server.url}${path}`, { headers: asJson });
  return (await told.json()) as Answer; // only what the bench looks for is used
}

async function until(server: Process, path: string, isThere: (answer: Answer) => boolean): Promise<void> {
  const limit = performance.now() + 120_000;
  for (let last = await answer(server, path); !isThere(last); last = await answer(server, path)) {
    if (performance.now() > limit) throw new Error(`${path} answers ${JSON.stringify(last).slice(0, 500)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}
