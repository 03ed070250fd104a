import { cpus, totalmem, type } from 'node:os';
import { changes } from './changes.ts';
import { gitlab } from './gitlab.ts';
import { ingest } from './ingest.ts';
import { matrix } from './matrix.ts';
import { page } from './page.ts';
import { scale } from './scale.ts';
import { start } from './start.ts';
import { stream } from './stream.ts';
import { type Row, table } from './table.ts';

const benches: Readonly<Record<string, () => Promise<Row[]>>> = {
  start,
  ingest,
  gitlab,
  matrix,
  stream,
  scale,
  changes,
  page,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in benches));
if (unknown !== undefined) throw new Error(`There is no bench ${unknown}: ${Object.keys(benches).join(', ')}`);

const [cpu] = cpus();
process.stdout.write(
  `Machine: ${cpus().length} x ${cpu?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()}, Node ${process.versions.node}\n`,
);
for (const [name, run] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`\n## ${name}\n\n${table(await run())}\n`);
}
