import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asAdmin, startShiplog } from './processes.ts';
import { seed } from './seed.ts';
import type { Row } from './table.ts';

const environments = ['dev', 'qa', 'staging', 'production'];
const plan = { services: 100, environments };
const small = 10_000;
const large = 1_000_000;
const samples = 200;

const reads: Readonly<Record<string, string>> = {
  'list, first page': '/api/deployments',
  'slot history': '/api/deployments?service=service-7&namespace=team-7&environment=production&limit=20',
  'one service': '/api/deployments?service=service-7&limit=20',
  matrix: '/api/matrix?service=service-7',
  'whole matrix': '/api/matrix',
  'GitLab list': '/api/v4/projects/team-7%2Fservice-7/deployments',
  'GitLab list, last page first': '/api/v4/projects/team-7%2Fservice-7/deployments?sort=desc',
  'GitLab list, what runs':
    '/api/v4/projects/team-7%2Fservice-7/deployments?environment=production&status=success&sort=desc',
  'GitLab get one': '/api/v4/projects/team-7%2Fservice-7/deployments/8',
};

/** The same reads at 10,000 and at 1,000,000 stored events: medians, one request after the other. */
export async function scale(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'shiplog-bench-'));
  try {
    await using server = await startShiplog(undefined, folder);
    await seed(server.url, { ...plan, events: small });
    const before = await medians(server.url);
    await seed(server.url, { ...plan, events: large - small, from: small });
    const after = await medians(server.url);
    return Object.keys(reads).map((name) => {
      const [few = 0, many = 0] = [before.get(name), after.get(name)];
      return {
        what: name,
        [`ms at ${small}`]: few.toFixed(2),
        [`ms at ${large}`]: many.toFixed(2),
        ratio: (many / few).toFixed(2),
        wanted: '<= 1.5',
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function medians(url: string): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const [name, path] of Object.entries(reads)) {
    const times: number[] = [];
    for (let index = 0; index < samples + 50; index++) {
      const before = performance.now();
      await (await fetch(`${url}${path}`, { headers: asAdmin })).arrayBuffer();
      if (index >= 50) times.push(performance.now() - before);
    }
    times.sort((a, b) => a - b);
    found.set(name, times[samples >> 1] ?? Number.NaN);
  }
  return found;
}
