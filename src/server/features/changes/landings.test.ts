import { expect, test } from 'vitest';
import { CommitGraph } from '../repositories/commit-graph.ts';
import type { CommitNote, NoteKind } from '../repositories/repository-types.ts';
import type { ChangeLandingFacts } from './change-types.ts';
import { Landings } from './landings.ts';

const note = (n: number, kind: NoteKind, of: number): CommitNote => ({ n, kind, number: null, sha: shaOf(of) });
const shaOf = (n: number) => `${n}`.padStart(40, '0');
const range = (length: number, from = 0) => Array.from({ length }, (_, index) => from + index);

/** A history with one merged change, whose merge commit is `merge`. */
function landingsOf(parents: readonly (readonly number[])[], notes: readonly CommitNote[], merge: number) {
  const graph = new CommitGraph();
  for (const of of parents) graph.append(of);
  const sha = shaOf(merge);
  const told = { mergeCommitSha: sha, squashCommitSha: null, headSha: null, toldShas: [sha] };
  const change: ChangeLandingFacts = { id: 1, number: 1, state: 'merged', ...told };
  const shas = new Map(parents.map((_, n) => [shaOf(n), n]));
  return { graph, landings: new Landings({ history: { graph, notes }, changes: [change], shas, touching: undefined }) };
}

const line = (length: number) => range(length).map((n) => (n === 0 ? [] : [n - 1]));

/** A root, then a branch of so many commits, and their merge as the last. */
const merged = (count: number) => [...line(count + 1), [0, count]];

test('Reverts of reverts of reverts, each of all before it, are told apart at once: the last one counts', () => {
  const notes = range(99, 1).flatMap((n) => range(n).map((of) => note(n, 'revert', of)));
  const { graph, landings } = landingsOf(line(100), notes, 0);
  expect(range(100).map((n) => landings.containment(1, graph.reach(n)))).toEqual([
    'live',
    ...range(99).map(() => 'reverted'),
  ]);
});

test('A revert that names a later one, as an abbreviation may, does not undo it', () => {
  const { graph, landings } = landingsOf(line(3), [note(2, 'revert', 0), note(1, 'revert', 2)], 0);
  expect(landings.containment(1, graph.reach(2))).toBe('reverted');
});

test('A commit that was picked a hundred thousand times lands with the first thousand', () => {
  const picks = range(100_000, 1).map((n) => note(n, 'pick', 0));
  expect(landingsOf(line(100_001), picks, 0).landings.of(1)).toHaveLength(1000);
});

test('A merge of twenty thousand commits may be reverted five hundred times', () => {
  const count = 20_000;
  const reverts = range(500, count + 2);
  const parents = [...merged(count), ...reverts.map((n) => [n - 1])];
  const notes = reverts.map((n) => note(n, 'revert', count + 1));
  const { graph, landings } = landingsOf(parents, notes, count + 1);
  expect(landings.containment(1, graph.reach(count + 1))).toBe('live');
  expect(landings.containment(1, graph.reach(count + 2))).toBe('reverted');
});

test('A merge whose two thousand commits were picked from the last to the first has landed with the last pick', () => {
  const count = 2000;
  const picks = range(count, count + 2);
  const parents = [...merged(count), ...picks.map((n, index) => [index === 0 ? 0 : n - 1])];
  const notes = picks.map((n, index) => note(n, 'pick', count - index));
  const { landings } = landingsOf(parents, notes, count + 1);
  expect(landings.of(1).map(({ n }) => n)).toEqual([count + 1, count + 1 + count]);
});
