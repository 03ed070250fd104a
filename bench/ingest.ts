import { startPostgres } from '../test/support/postgres.ts';
import { type LoadResult, measure } from './load.ts';
import { asJson, startBare, startShiplog } from './processes.ts';
import { reportSource } from './report-source.ts';
import type { Row } from './table.ts';

/** More than any server here takes in the time that is measured. */
const madeBefore = 300_000;

/** Reports, made before the measurement so that making them is not measured, and sent in the order in which they happened. */
export function measureReports(url: string, headers: Readonly<Record<string, string>> = asJson): Promise<LoadResult> {
  const next = reportSource();
  const bodies = Array.from({ length: madeBefore }, () => JSON.stringify(next())).reverse();
  const body = () => bodies.pop() ?? JSON.stringify(next());
  return measure({ url: `${url}/api/deployments`, method: 'POST', headers, body });
}

/** Durable ingest beside Fastify that only checks the same body: 32 connections, twelve fields. */
export async function ingest(): Promise<Row[]> {
  await using bare = await startBare();
  const base = await measureReports(bare.url);
  const rows: Row[] = [row('bare Fastify, same check', base, base.perSecond, undefined)];
  {
    await using sqlite = await startShiplog();
    rows.push(row('SQLite, synchronous=FULL', await measureReports(sqlite.url), base.perSecond, 0.3));
  }
  const postgres = await startPostgres();
  try {
    await using server = await startShiplog(postgres.url);
    rows.push(row('PostgreSQL, synchronous_commit on', await measureReports(server.url), base.perSecond, 0.25));
  } finally {
    await postgres.stop();
  }
  return rows;
}

function row(what: string, result: LoadResult, base: number, wanted: number | undefined): Row {
  return {
    what,
    'req/s': Math.round(result.perSecond),
    ratio: (result.perSecond / base).toFixed(2),
    wanted: wanted === undefined ? '' : `>= ${wanted}`,
    'p50 ms': result.p50,
    'p99 ms': `${result.p99}${wanted === undefined ? '' : ' (< 50)'}`,
    failures: result.failures,
  };
}
