import { measureReports } from './ingest.ts';
import { type LoadResult, measure } from './load.ts';
import { asAdmin, startBare, startShiplog } from './processes.ts';
import { seed } from './seed.ts';
import type { Row } from './table.ts';

const services = 500;
const environments = ['dev', 'test', 'qa', 'staging', 'preprod', 'canary', 'production', 'production-eu'];

/** The matrix of 500 services in 8 environments, beside Fastify that only checks a report. */
export async function matrix(): Promise<Row[]> {
  await using bare = await startBare();
  const base = await measureReports(bare.url);
  await using server = await startShiplog();
  await seed(server.url, { services, environments, events: services * environments.length });
  const url = `${server.url}/api/matrix`;
  const whole = await fetch(url, { headers: asAdmin });
  const bytes = (await whole.arrayBuffer()).byteLength;
  const etag = whole.headers.get('etag') ?? '';
  return [
    row('bare Fastify, a report', base, base, ''),
    row(
      'conditional GET (304)',
      await measure({ url, headers: { ...asAdmin, 'if-none-match': etag } }),
      base,
      '>= 0.7',
    ),
    row(
      `gzip GET of ${Math.round(bytes / 1024)} KiB`,
      await measure({ url, headers: { ...asAdmin, 'accept-encoding': 'gzip' } }),
      base,
      '>= 0.4',
    ),
  ];
}

function row(what: string, result: LoadResult, base: LoadResult, wanted: string): Row {
  return {
    what,
    'req/s': Math.round(result.perSecond),
    ratio: (result.perSecond / base.perSecond).toFixed(2),
    wanted,
    'p99 ms': result.p99,
    failures: result.failures,
  };
}
