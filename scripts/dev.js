// Development: rebuilds and restarts the server when it changes, and serves the page with hot reload beside it.
// Arguments go to `shiplog serve`: npm run dev -- --data-dir /tmp/fleet
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { context } from 'esbuild';
import { createServer } from 'vite';
import { serverBuild } from './build.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const serverUrl = 'http://127.0.0.1:7447';
const served = ['/api', '/repos', '/docs', '/openapi.json', '/healthz', '/readyz', '/metrics'];

process.chdir(root); // Vite takes its root from here

let server;
let stopping = false;

async function restart() {
  await endServer();
  if (stopping) return;
  server = spawn(process.execPath, ['bin/shiplog.js', 'serve', '--port', '7447', ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
}

function endServer() {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  return ended;
}

const restartAfterBuild = {
  name: 'restart-after-build',
  setup: (build) => build.onEnd(({ errors }) => (errors.length === 0 ? restart() : undefined)),
};

const build = serverBuild();
const watcher = await context({ ...build, plugins: [...build.plugins, restartAfterBuild] });
await watcher.watch();

const page = existsSync(`${root}vite.config.ts`)
  ? await createServer({
      configFile: `${root}vite.config.ts`,
      server: { proxy: Object.fromEntries(served.map((path) => [path, serverUrl])) },
    })
  : undefined;
await page?.listen();
page?.printUrls();

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    stopping = true;
    await Promise.all([page?.close(), watcher.dispose(), endServer()]);
  });
}
