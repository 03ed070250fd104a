import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const biome = join(dirname(createRequire(import.meta.url).resolve('@biomejs/biome/package.json')), 'bin/biome');

interface Finding {
  readonly category: string;
  readonly message: string;
  readonly path: string;
}

/** [file, its one forbidden line, what the linter must teach] */
const forbidden: readonly (readonly [string, string, string])[] = [
  ['src/contract/a.ts', "import '../server/clock.ts';", 'The contract imports typebox only'],
  ['src/contract/b.ts', "import 'kysely';", 'The contract imports typebox only'],
  ['src/client/a.ts', "import '../server/clock.ts';", 'The client imports the contract only'],
  ['src/client/b.ts', "import 'node:fs';", 'The client imports the contract only'],
  ['src/web/app/a.ts', "import '../../server/clock.ts';", 'The page reaches the server over HTTP'],
  ['src/web/features/matrix/a.ts', "import '../activity/list.ts';", 'A feature of the page never imports a feature'],
  ['src/web/features/matrix/b.ts', "import '../../../server/clock.ts';", 'The page reaches the server over HTTP'],
  ['src/web/ui/a.ts', "import '../../client/shiplog-client.ts';", 'ui/ knows no data'],
  ['src/web/lib/a.ts', "import '../features/matrix/grid.ts';", 'lib/ serves the features and pages'],
  ['src/cli/commands/a.ts', "import '../../server/clock.ts';", 'only by import()'],
  ['src/cli/commands/b.ts', "import type { Clock } from '../../server/clock.ts';", 'only by import()'],
  ['src/cli/commands/c.ts', "import 'pg';", 'The command line talks to a server'],
  ['src/server/log/a.ts', "import '../features/tokens/token-service.ts';", 'they never import a feature or an api'],
  ['src/server/db/a.ts', "import '../apis/native/deployment-routes.ts';", 'they never import a feature or an api'],
  ['src/server/jobs/a.ts', "import '../features/tokens/token-service.ts';", 'they never import a feature or an api'],
  ['src/server/http/a.ts', "import '../features/tokens/token-service.ts';", 'they never import a feature or an api'],
  ['src/server/http/b.ts', "import 'kysely';", 'SQL lives in'],
  ['src/server/log/b.ts', "import 'fastify';", 'The core does not know HTTP'],
  ['src/server/features/tokens/a.ts', "import '../../apis/native/token-view.ts';", 'A feature never imports an api'],
  ['src/server/features/tokens/b.ts', "import '../users/user-store.ts';", 'only through its *-service.ts'],
  ['src/server/features/tokens/c.ts', "import 'kysely';", 'SQL lives in'],
  ['src/server/features/tokens/d.ts', "import 'fastify';", 'A feature does not know HTTP'],
  ['src/server/features/tokens/token-store.ts', "import 'fastify';", 'A store knows SQL and nothing else'],
  [
    'src/server/features/tokens/other-store.ts',
    "import '../users/user-service.ts';",
    'A store knows SQL and nothing else',
  ],
  ['src/server/apis/native/a.ts', "import '../../features/users/user-store.ts';", 'An api translates and holds no SQL'],
  ['src/server/apis/native/b.ts', "import '../gitlab/words.ts';", 'apis do not import each other'],
  ['src/server/a.ts', "import 'kysely';", 'SQL lives in'],
  ['src/server/b.ts', 'export const now = (): number => Date.now();', 'Only clock.ts reads the system clock'],
  ['src/server/c.ts', 'export const now = (): Date => new Date();', 'Only clock.ts reads the system clock'],
  ['src/server/d.ts', "export const home = process.env['HOME'];", 'process.env'],
];

/** What a rule must leave alone. */
const allowed: readonly (readonly [string, string])[] = [
  ['src/contract/good.ts', "import 'typebox';\nimport './limits.ts';"],
  ['src/client/good.ts', "import '../contract/limits.ts';\nimport './shiplog-error.ts';"],
  [
    'src/web/features/matrix/good.ts',
    "import '../../../client/shiplog-client.ts';\nimport '../../ui/button.tsx';\nimport './grid.ts';",
  ],
  ['src/cli/commands/good.ts', "export const serve = () => import('../../server/main.ts');"],
  ['src/server/features/tokens/good.ts', "import '../../log/append-lane.ts';\nimport '../users/user-service.ts';"],
  ['src/server/features/tokens/good-store.ts', "import '../../db/database.ts';\nimport 'kysely';"],
  ['src/server/apis/native/good.ts', "import '../../features/users/user-service.ts';\nimport 'fastify';"],
  ['src/server/good.ts', 'export const at = (ms: number): Date => new Date(ms);'],
];

const cycle = [
  ['src/server/log/first.ts', "import { second } from './second.ts';\nexport const first = (): unknown => second;\n"],
  ['src/server/log/second.ts', "import { first } from './first.ts';\nexport const second = (): unknown => first;\n"],
] as const;

let folder: string;
let findings: readonly Finding[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shiplog-import-rules-'));
  for (const path of ['biome.json', '.gitignore', 'scripts/lint'])
    await cp(join(root, path), join(folder, path), { recursive: true });
  await Promise.all([...forbidden, ...allowed, ...cycle].map(([path, text]) => plant(path, `${text}\n`)));
  findings = await lint();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(forbidden)('the linter refuses in %s: %s', (path, _line, lesson) => {
  expect(lessonsFor(path)).toContainEqual(expect.stringContaining(lesson));
});

test.each(allowed)('the linter lets %s pass', (path) => {
  expect(lessonsFor(path)).toEqual([]);
});

test('the linter finds an import cycle', () => {
  const found = findings.filter(({ category }) => category === 'lint/suspicious/noImportCycles');
  expect(found.map(({ path }) => path).sort()).toEqual(cycle.map(([path]) => path));
});

async function plant(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

function lessonsFor(path: string): string[] {
  return findings.filter((finding) => finding.path === path).map(({ message }) => message);
}

function lint(): Promise<readonly Finding[]> {
  const flags = ['lint', '--reporter=json', '--max-diagnostics=none', '--vcs-enabled=false', folder];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [biome, ...flags], { cwd: folder, maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
      try {
        resolve(findingsOf(JSON.parse(stdout)));
      } catch (cause) {
        reject(new Error(`Biome printed no report: ${error?.message}\n${stderr}`, { cause }));
      }
    });
  });
}

function findingsOf(report: {
  diagnostics: { category: string; message: string; location: { path: string } }[];
}): readonly Finding[] {
  return report.diagnostics.map(({ category, message, location }) => ({ category, message, path: location.path }));
}
