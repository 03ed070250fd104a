// Builds what a user runs: dist/cli (command line and server) and dist/web (the page and the API reference).
// A part is skipped while none of its inputs is newer than its last build. Flags: --force, --only=server|web.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const everyPart = ['package.json', 'package-lock.json', 'scripts', 'src/contract', 'src/client'];

const parts = {
  server: { inputs: [...everyPart, 'src/server', 'src/cli'], output: 'dist/cli', build: buildServer },
  web: { inputs: [...everyPart, 'src/web', 'docs/recipes', 'vite.config.ts'], output: 'dist/web', build: buildWeb },
};

/** What esbuild is told; scripts/dev.js watches with the same. */
export function serverBuild() {
  return {
    absWorkingDir: root,
    entryPoints: { main: 'src/cli/main.ts', ...workers() },
    outdir: 'dist/cli',
    bundle: true,
    // The server becomes a chunk of its own: commands that only talk to a server do not load it.
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: ['@photostructure/sqlite', 'node:sqlite', 'pg-native'],
    // CommonJS packages inside the bundle call require() for Node's own modules.
    banner: {
      js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);",
    },
    legalComments: 'linked',
    plugins: [namesOfCommonJs],
    logLevel: 'warning',
  };
}

/**
 * With splitting, esbuild gives a CommonJS module that a package loads by import() a default export only. Node gives its
 * names too, and packages (@fastify/cookie) use them.
 */
const namesOfCommonJs = {
  name: 'names-of-commonjs',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ kind, path, importer, resolveDir }) => {
      if (kind !== 'dynamic-import' || !importer.includes('node_modules')) return undefined;
      return { path: createRequire(join(resolveDir, 'importer.js')).resolve(path), namespace: 'names-of-commonjs' };
    });
    build.onLoad({ filter: /.*/, namespace: 'names-of-commonjs' }, ({ path }) => {
      const names = Object.keys(require(path)).filter((name) => /^[a-z]\w*$/i.test(name) && name !== 'default');
      const contents = `import * as all from ${JSON.stringify(path)};\nexport const { ${names.join(', ')} } = all;`;
      return { contents, resolveDir: dirname(path) };
    });
  },
};

/** A file `<name>-worker.ts` runs on a thread of its own, so it is bundled as dist/cli/<name>-worker.js. */
function workers() {
  const files = readdirSync(join(root, 'src/server'), { recursive: true }).filter((file) =>
    file.endsWith('-worker.ts'),
  );
  return Object.fromEntries(files.map((file) => [file.split(/[\\/]/).at(-1).slice(0, -3), `src/server/${file}`]));
}

async function buildServer() {
  const { build } = await import('esbuild');
  const { metafile } = await build({ ...serverBuild(), metafile: true });
  // Afterwards, not before: a server that runs from here keeps the chunks it may still load until new ones are there.
  const written = new Set(Object.keys(metafile.outputs).map((file) => join(root, file)));
  for (const entry of readdirSync(join(root, 'dist/cli'), { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && !written.has(file)) rmSync(file);
  }
}

async function buildWeb() {
  if (existsSync(join(root, 'vite.config.ts'))) {
    const { build } = await import('vite');
    await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
  } else {
    console.log('no vite.config.ts: only the API reference is built');
  }
  copyApiReference();
  compress();
}

/** The reference page at /docs: Swagger UI with our own page, which holds no inline script. */
function copyApiReference() {
  const from = dirname(require.resolve('swagger-ui-dist/package.json'));
  const to = join(root, 'dist/web/docs');
  mkdirSync(to, { recursive: true });
  for (const file of ['swagger-ui-bundle.js', 'swagger-ui.css', 'LICENSE', 'NOTICE'])
    copyFileSync(join(from, file), join(to, file));
  for (const file of ['index.html', 'init.js', 'page.css'])
    copyFileSync(join(root, 'scripts/api-reference', file), join(to, file));
}

/** Copies for browsers that take brotli or gzip, so that the server compresses none of this itself. */
function compress() {
  for (const entry of readdirSync(join(root, 'dist/web'), { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !/\.(js|css|html|svg|json)$/.test(file)) continue;
    const content = readFileSync(file);
    if (content.length < 1024) continue;
    const quality = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    writeFileSync(`${file}.br`, brotliCompressSync(content, { params: quality }));
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  }
}

function stampOf({ output }) {
  return join(root, `${output}.built`);
}

function isCurrent(part) {
  const stamp = stampOf(part);
  if (!existsSync(stamp) || !existsSync(join(root, part.output))) return false;
  return newestChange(part.inputs) <= statSync(stamp).mtimeMs;
}

/** Folders count too: a deleted file changes its folder. */
function newestChange(paths) {
  const times = paths
    .map((path) => join(root, path))
    .filter((path) => existsSync(path))
    .flatMap((path) => {
      const stat = statSync(path);
      if (!stat.isDirectory()) return [stat.mtimeMs];
      return [stat.mtimeMs, newestChange(readdirSync(path).map((name) => `${path.slice(root.length)}/${name}`))];
    });
  return Math.max(0, ...times);
}

async function main() {
  process.chdir(root); // Vite takes its root from here
  const { values } = parseArgs({ options: { force: { type: 'boolean' }, only: { type: 'string' } } });
  if (values.only !== undefined && !(values.only in parts))
    throw new Error(`--only: expected server or web, not "${values.only}"`);
  for (const [name, part] of Object.entries(parts)) {
    if (values.only !== undefined && values.only !== name) continue;
    if (!values.force && isCurrent(part)) continue;
    const startedAt = new Date();
    await part.build();
    mkdirSync(join(root, 'dist'), { recursive: true });
    writeFileSync(stampOf(part), '');
    // The start, not the end: a file saved while the build ran is not in it.
    utimesSync(stampOf(part), startedAt, startedAt);
    console.log(`built ${part.output} in ${((Date.now() - startedAt.getTime()) / 1000).toFixed(1)} s`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}
