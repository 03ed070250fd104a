import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Manifest {
  readonly engines: { readonly node: string };
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const manifest: Manifest = JSON.parse(read('package.json'));

test('users install one dependency; the rest is bundled', () => {
  expect(Object.keys(manifest.dependencies)).toEqual(['@photostructure/sqlite']);
});

test('every direct dependency has one exact version', () => {
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

test.each(['package-lock.json', '.ci/node-24/package-lock.json'])('%s names no registry, so any will do', (lock) => {
  expect(read(lock)).not.toMatch(/"resolved"|https?:\/\/registry/);
});

test('the build targets the oldest Node that may run it', () => {
  const [, oldest] = /^>=(.+)$/.exec(manifest.engines.node) ?? [];
  expect(read('scripts/build.js')).toContain(`target: 'node${oldest}'`);
});
