import { expect, test } from 'vitest';
import type { Matrix, MatrixSlot } from '../../contract/matrix.ts';
import { mayMerge, mergeMatrix } from './matrix-merge.ts';

const slot = (version: string): MatrixSlot => ({
  current: {
    id: version,
    position: 1,
    deployment_id: version,
    deployment_number: 1,
    service: 's',
    environment: 'e',
    status: 'success',
    happened_at: '2026-01-01T00:00:00Z',
    version,
  },
});

function matrix(version: number, rows: Matrix['rows'], environments = ['staging', 'production']): Matrix {
  const columns = environments.map((name) => ({ name, tier: 'other' as const }));
  return { generated_at: '2026-01-01T00:00:00Z', log: 1, seen_by: 'all', version, environments, columns, rows };
}

const before = matrix(7, [
  { service: 'search', slots: { staging: slot('1') } },
  { service: 'cart', namespace: 'acme', slots: { staging: slot('2'), production: slot('1') } },
  { service: 'tax', namespace: 'acme', slots: { staging: slot('5') } },
]);

test('lays changed slots over the old ones and leaves the rest the very same', () => {
  const after = mergeMatrix(
    before,
    matrix(9, [{ service: 'cart', namespace: 'acme', slots: { production: slot('2') } }]),
  );
  expect(after.version).toBe(9);
  expect(after.rows[1]?.slots['production']?.current.version).toBe('2');
  expect(after.rows[1]?.slots['staging']).toBe(before.rows[1]?.slots['staging']);
  expect(after.rows[2]).toBe(before.rows[2]);
});

test('puts a new service where the server would, and takes the columns as they are now', () => {
  const changes = matrix(8, [{ service: 'cash', namespace: 'acme', slots: { dev: slot('1') } }], ['dev', 'staging']);
  const after = mergeMatrix(before, changes);
  expect(after.rows.map(({ service }) => service)).toEqual(['search', 'cart', 'cash', 'tax']);
  expect(after.environments).toEqual(['dev', 'staging']);
});

test('keeps the rows when nothing changed', () => {
  expect(mergeMatrix(before, matrix(7, [])).rows).toBe(before.rows);
});

test('merges nothing of another log, nor what a reader of other projects is answered', () => {
  const changes = matrix(8, []);
  expect(mayMerge(before, changes)).toBe(true);
  expect(mayMerge(before, { ...changes, log: 2 })).toBe(false);
  expect(mayMerge(before, { ...changes, seen_by: 'another' })).toBe(false);
  expect(mayMerge(before, { ...changes, version: 6 })).toBe(false);
});
