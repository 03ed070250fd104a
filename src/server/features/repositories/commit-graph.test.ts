import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CommitGraph } from './commit-graph.ts';

/** Any graph whose commits come after their parents: as many parents as a commit may have, each once. */
const anyGraph = fc
  .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 40 })
  .map((picks) => picks.map((pick, n) => (n === 0 ? [] : [...new Set(pick.map((number) => number % n))])));

function graphOf(parents: readonly (readonly number[])[]): CommitGraph {
  const graph = new CommitGraph();
  for (const of of parents) graph.append(of);
  return graph;
}

/** What a commit contains, found the simple way. */
function reachable(parents: readonly (readonly number[])[], tips: readonly number[]): Set<number> {
  const found = new Set<number>();
  const waiting = [...tips];
  for (let n = waiting.pop(); n !== undefined; n = waiting.pop()) {
    if (found.has(n)) continue;
    found.add(n);
    waiting.push(...(parents[n] ?? []));
  }
  return found;
}

const graphWithCommits = anyGraph.chain((parents) =>
  fc.tuple(
    fc.constant(parents),
    fc.nat({ max: parents.length - 1 }),
    fc.array(fc.nat({ max: parents.length - 1 }), { maxLength: 4 }),
  ),
);

test('What is new since others is what a commit contains and they do not, newest first', () => {
  fc.assert(
    fc.property(graphWithCommits, ([parents, tip, excluded]) => {
      const unwanted = reachable(parents, excluded);
      const expected = [...reachable(parents, [tip])].filter((n) => !unwanted.has(n)).sort((a, b) => b - a);
      expect(graphOf(parents).newSince(tip, excluded)).toEqual(expected);
    }),
  );
});

test('A commit contains itself and all that came before it, asked in any order', () => {
  fc.assert(
    fc.property(graphWithCommits, ([parents, tip, others]) => {
      const graph = graphOf(parents);
      const contained = reachable(parents, [tip]);
      const set = graph.reach(tip);
      for (const n of [tip, ...others]) {
        expect(graph.contains(tip, n)).toBe(contained.has(n));
        expect(set.has(n)).toBe(contained.has(n));
      }
    }),
  );
});

test('What contains any of several commits is what has one of them before it', () => {
  fc.assert(
    fc.property(graphWithCommits, ([parents, , ns]) => {
      const set = graphOf(parents).containing(ns);
      const expected = parents.map((_, tip) => ns.some((n) => reachable(parents, [tip]).has(n)));
      expect(parents.map((_, n) => set.has(n))).toEqual(expected);
    }),
  );
});

test('What a commit contains is known from a number on where no more is asked', () => {
  fc.assert(
    fc.property(graphWithCommits, ([parents, tip, [lowest = 0]]) => {
      const set = graphOf(parents).reach(tip, lowest);
      const contained = reachable(parents, [tip]);
      for (let n = lowest; n < parents.length; n += 1) expect(set.has(n)).toBe(contained.has(n));
    }),
  );
});

test('What several commits contain together is what any of them contains', () => {
  fc.assert(
    fc.property(graphWithCommits, ([parents, , tips]) => {
      const expected = reachable(parents, tips);
      const set = graphOf(parents).reachOfAll(tips);
      expect(parents.map((_, n) => set.has(n))).toEqual(parents.map((_, n) => expected.has(n)));
    }),
  );
});

test('A merge brings what its first parent does not contain, any other commit itself', () => {
  fc.assert(
    fc.property(graphWithCommits, ([parents, n]) => {
      const [first, ...others] = parents[n] ?? [];
      const before = reachable(parents, first === undefined ? [] : [first]);
      const brought = [...reachable(parents, [n])].filter((other) => !before.has(other)).sort((a, b) => b - a);
      expect(graphOf(parents).own(n)).toEqual(others.length > 0 ? brought : [n]);
    }),
  );
});

test('Each commit is first contained by the first of the deployed ones that contains it', () => {
  fc.assert(
    fc.property(graphWithCommits, ([parents, tip, others]) => {
      const tips = [tip, ...others];
      const sets = tips.map((one) => reachable(parents, [one]));
      const expected = parents.map((_, n) => sets.findIndex((set) => set.has(n)));
      expect([...graphOf(parents).firstContaining(tips)]).toEqual(expected);
    }),
  );
});

test('A graph grows far beyond where it began, and a parent must be there before its child', () => {
  const graph = graphOf(Array.from({ length: 5000 }, (_, n) => (n === 0 ? [] : [n - 1])));
  expect(graph.size).toBe(5000);
  expect(graph.newSince(4999, [2000])).toHaveLength(2999);
  expect(graph.contains(4999, 0)).toBe(true);
  expect(() => graph.append([5000])).toThrow(RangeError);
});
