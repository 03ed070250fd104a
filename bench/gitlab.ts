import { startPostgres } from '../test/support/postgres.ts';
import { measureReports } from './ingest.ts';
import { type LoadResult, measure } from './load.ts';
import { asJson, startShiplog } from './processes.ts';
import type { Row } from './table.ts';

const madeBefore = 200_000;
const projects = 200;
const environments = ['dev', 'qa', 'staging', 'production'];
const statuses = ['running', 'success'];

/**
 * Creates by GitLab's API beside the same server's native reports: 32 connections, on each database. The base is the mean
 * of native reports before and after the creates, since a log that grows slows both.
 */
export async function gitlab(): Promise<Row[]> {
  const rows: Row[] = [];
  {
    await using sqlite = await startShiplog();
    rows.push(...(await compare('SQLite', sqlite.url)));
  }
  const postgres = await startPostgres();
  try {
    await using server = await startShiplog(postgres.url);
    rows.push(...(await compare('PostgreSQL', server.url)));
  } finally {
    await postgres.stop();
  }
  return rows;
}

async function compare(database: string, url: string): Promise<Row[]> {
  const headers = { ...asJson, 'x-api-key': await personalToken(url) };
  const native = await measureReports(url, headers);
  const created = await measureCreates(url, headers);
  const after = await measureReports(url, headers);
  const base = (native.perSecond + after.perSecond) / 2;
  return [
    row(`${database}, native report, before`, native, base, ''),
    row(`${database}, GitLab create`, created, base, '>= 0.7'),
    row(`${database}, native report, after`, after, base, ''),
  ];
}

/** A token of a user, as tools have one. */
async function personalToken(url: string): Promise<string> {
  const post = async <T>(path: string, body: object) => {
    const answer = await fetch(`${url}${path}`, { method: 'POST', headers: asJson, body: JSON.stringify(body) });
    return (await answer.json()) as T; // the server answers what it documents
  };
  const { id } = await post<{ id: number }>('/api/users', { username: 'bench', password: 'only for the bench' });
  const scopes = ['api'];
  return (await post<{ token: string }>(`/api/v4/users/${id}/personal_access_tokens`, { name: 'bench', scopes })).token;
}

/** Deployments of the projects that the native reports have made, spread over their environments. */
function measureCreates(url: string, headers: Readonly<Record<string, string>>): Promise<LoadResult> {
  const requests = Array.from({ length: madeBefore }, (_, index) => ({
    path: `/api/v4/projects/${encodeURIComponent(`team-${(index % projects) % 12}/service-${index % projects}`)}/deployments`,
    body: JSON.stringify({
      environment: environments[Math.floor(index / projects) % environments.length],
      sha: index.toString(16).padStart(40, '0'),
      ref: 'main',
      tag: 'false',
      status: statuses[index % statuses.length],
    }),
  }));
  return measure({ url, method: 'POST', headers, next: (count) => requests[count % requests.length] });
}

function row(what: string, result: LoadResult, base: number, wanted: string): Row {
  return {
    what,
    'req/s': Math.round(result.perSecond),
    ratio: (result.perSecond / base).toFixed(2),
    wanted,
    'p50 ms': result.p50,
    'p99 ms': result.p99,
    failures: result.failures,
  };
}
