import { startPostgres } from '../test/support/postgres.ts';
import { measure } from './load.ts';
import { asJson, startBare, startShiplog } from './processes.ts';
import { reportSource } from './report-source.ts';
import type { Row } from './table.ts';

/** Durable ingest beside Fastify that only checks the same body: 32 connections, twelve fields. */
export async function ingest(): Promise<Row[]> {
  const rate = async (url: string) => {
    const next = reportSource();
    return measure({
      url: `${url}/api/deployments`,
      method: 'POST',
      headers: asJson,
      body: () => JSON.stringify(next()),
    });
  };
  await using bare = await startBare();
  const base = await rate(bare.url);
  const rows: Row[] = [row('bare Fastify, same check', base, base.perSecond, undefined)];
  {
    await using sqlite = await startShiplog();
    rows.push(row('SQLite, synchronous=FULL', await rate(sqlite.url), base.perSecond, 0.3));
  }
  const postgres = await startPostgres();
  try {
    await using server = await startShiplog(postgres.url);
    rows.push(row('PostgreSQL, synchronous_commit on', await rate(server.url), base.perSecond, 0.25));
  } finally {
    await postgres.stop();
  }
  return rows;
}

function row(what: string, result: Awaited<ReturnType<typeof measure>>, base: number, wanted: number | undefined): Row {
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
