// Everything a machine can check without running the product: one line a step, all steps run, non-zero if any failed.
// --fix first writes what the formatter and the linter can repair safely.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lines = { listedAbove: 400, failsAbove: 500 };

const steps = [
  ['format', () => run('@biomejs/biome', 'biome', ['check', '--linter-enabled=false', '--max-diagnostics=50', '.'])],
  ['lint', () => run('@biomejs/biome', 'biome', ['lint', '--error-on-warnings', '--max-diagnostics=50', '.'])],
  ['types', () => run('typescript', 'tsc', [])],
  ['unused', () => run('knip', 'knip', ['--no-progress'])],
  ['file sizes', fileSizes],
];

/** Runs a package's command with this Node; answers what it printed. */
function run(packageName, command, flags) {
  const manifest = join(root, 'node_modules', packageName, 'package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  const script = join(dirname(manifest), typeof bin === 'string' ? bin : bin[command]);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...flags], {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', (error) => resolve({ failed: true, output: error.message }));
    child.once('close', (code) => resolve({ failed: code !== 0, output }));
  });
}

function fileSizes() {
  const files = readdirSync(join(root, 'src'), { recursive: true })
    .filter((file) => /\.(ts|tsx|css)$/.test(file))
    .map((file) => ({
      file: `src/${file}`,
      count: readFileSync(join(root, 'src', file), 'utf8').split('\n').length - 1,
    }))
    .sort((a, b) => a.count - b.count);
  const at = (share) => files[Math.min(files.length - 1, Math.floor(files.length * share))]?.count ?? 0;
  const large = files.filter(({ count }) => count > lines.listedAbove);
  return {
    failed: large.some(({ count }) => count > lines.failsAbove),
    note: `${files.length} files: median ${at(0.5)}, p95 ${at(0.95)}, maximum ${at(1)} lines`,
    output: large
      .map(({ file, count }) => `${count > lines.failsAbove ? 'too large' : 'large'}: ${file} has ${count} lines`)
      .join('\n'),
  };
}

if (process.argv.includes('--fix'))
  await run('@biomejs/biome', 'biome', ['check', '--write', '--linter-enabled=true', '.']);

let failures = 0;
for (const [name, step] of steps) {
  const startedAt = performance.now();
  const { failed, note = '', output } = await step();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${failed ? 'FAIL' : 'ok  '}  ${name.padEnd(10)} ${seconds.padStart(5)} s  ${note}`.trimEnd());
  if ((failed || note) && output.trim()) console.log(output.trim().replace(/^/gm, '      '));
  if (failed) failures += 1;
}
console.log(failures === 0 ? 'All checks passed.' : `${failures} of ${steps.length} checks failed.`);
process.exitCode = failures === 0 ? 0 : 1;
