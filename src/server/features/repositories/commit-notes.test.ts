import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { branchesOf, notesOf } from './commit-notes.ts';

const sha = '4fa8299b676e897e4aac0fa19bf3187c94854248';
const other = '9c1cdb961e54b39d5fc2129a733c7a85eb3d8a7b';

/** Notes in short: "merge 12 Title", "pick 4fa8…", "revert 12". */
function said(message: string, parentCount = 1): string[] {
  return notesOf(message, parentCount).map(({ kind, number, sha: named, title }) =>
    [kind, number, named, title].filter((part) => part !== null).join(' '),
  );
}

describe('a merge names its change', () => {
  test.each([
    ['Merge pull request #12 from owner/topic\n\nLet it be', 'merge 12 Let it be'],
    ['Merge pull request #12 from owner/topic', 'merge 12 Merge pull request #12 from owner/topic'],
    ['Merge pull request #12 in SHOP/api from topic to main\n\nLet it be', 'merge 12 Let it be'],
    ["Merge pull request 'Let it be' (#12) from topic into main", 'merge 12 Let it be'],
    ['Merged in topic (pull request #12)\r\n\r\nLet it be\r\n\r\nApproved-by: Ada', 'merge 12 Let it be'],
    ['Pull request #12: Let it be\n\nMerge in SHOP/api from topic to main', 'merge 12 Let it be'],
    ['Merged PR 12: Let it be', 'merge 12 Let it be'],
    ['Let it be (#12)', 'merge 12 Let it be'],
    [
      "Merge branch 'topic' into 'main'\n\nLet it be\n\nCloses #7\n\nSee merge request group/shop!12",
      'merge 12 Let it be',
    ],
    ["Merge branch 'topic' into 'main'\n\nSee merge request !12", "merge 12 Merge branch 'topic' into 'main'"],
    [
      "Merge branch 'a' into 'b'\n\nA\n\nSee merge request https://git.shop.com/x/y/-/merge_requests/12\n",
      'merge 12 A',
    ],
    ["Merge branch 'a' into 'b'\n\nA\n\nSee merge request x/y!12\n\nSigned-off-by: Ada <a@shop.com>", 'merge 12 A'],
    ["Merge branch 'a' into 'b'\n\nA\n\nApproved-by: Ada\nSee merge request x/y!12", 'merge 12 A'],
  ])('%s', (message, note) => {
    expect(said(message, 2)).toEqual([note]);
  });

  test.each([
    "Merge branch 'main' of github.com:owner/shop",
    "Merge branch 'topic' into 'main'",
    "Merge remote-tracking branch 'origin/main' into #12",
    'Merge tag v1.2 (#0)',
  ])('%s names none', (message) => {
    expect(said(message, 2)).toEqual([]);
  });
});

describe('a squashed commit names its change', () => {
  test.each([
    ['Let it be (#12)', 'squash 12 Let it be'],
    ['Let it be(!12)', 'squash 12 Let it be'],
    ['Fix (#7) again (#12)', 'squash 12 Fix (#7) again'],
    ['Let it be (pull request #12)', 'squash 12 Let it be'],
    ['(#12)', 'squash 12 (#12)'],
    ['Merged PR 12: Let it be', 'squash 12 Let it be'],
    ['Mend what issue told of (#7)\n\nSee merge request group/sub/shop!12', 'squash 12 Mend what issue told of (#7)'],
    [
      'Bump left-pad from 1 to 2 (#12)\n\nRelease notes:\n\n- fix (#99)\n\nSee merge request pad/left!77\n\n---\nupdated: yes\n',
      'squash 12 Bump left-pad from 1 to 2',
    ],
    ['Bump left-pad (#12)\n\nTheir commits:\nSee merge request pad/left!77', 'squash 12 Bump left-pad'],
    ['Bump left-pad (#12)\n\n- See merge request pad/left!77', 'squash 12 Bump left-pad'],
  ])('%s', (message, note) => {
    expect(said(message)).toEqual([note]);
  });

  test.each([
    'Fix #12',
    'Mend (#12) at last',
    'Let it be\n\nMore (#12)',
    'Let it be (#0)',
    'Let it be (#12345678901)',
    '',
  ])('%s names none', (message) => {
    expect(said(message)).toEqual([]);
  });
});

describe('a commit names those that it picks', () => {
  test('in the line that git adds', () => {
    expect(said(`Let it be\n\n(cherry picked from commit ${sha})`)).toEqual([`pick ${sha}`]);
  });

  test('the last line is the nearest', () => {
    expect(said(`A\n\n(cherry picked from commit ${sha})\n(cherry picked from commit ${other})\n`)).toEqual([
      `pick ${other}`,
      `pick ${sha}`,
    ]);
  });

  test("beside the change that GitLab's picked merge names", () => {
    const message = `Merge branch 'a' into 'b'\n\nA\n\nSee merge request x/y!12\n\n(cherry picked from commit ${sha})\n\n4fa8299b A`;
    expect(said(message)).toEqual(['squash 12 A', `pick ${sha}`]);
  });

  test('not in the middle of a line', () => {
    expect(said(`A\n\nas in "(cherry picked from commit ${sha})"`)).toEqual([]);
  });
});

describe('a revert names what it takes back', () => {
  test.each([
    [`Revert "A"\n\nThis reverts commit ${sha}.`, [`revert ${sha}`]],
    [`Revert "A (#12)"\n\nThis reverts commit ${sha}.`, [`revert ${sha}`]],
    [`Revert "A (#12)" (#15)\n\nThis reverts commit ${sha}.`, ['squash 15 Revert "A (#12)"', `revert ${sha}`]],
    [`Revert "A"\n\nThis reverts commit ${sha}, reversing\nchanges made to ${other}.`, [`revert ${sha}`]],
    [`Undo both\n\nThis reverts commit ${sha}.\nThis reverts commit ${other}.`, [`revert ${sha}`, `revert ${other}`]],
    ['Reapply "A"\n\nThis reverts commit 4fa8299.', ['revert 4fa8299']],
    ['Revert "A (#12)" (#15)', ['squash 15 Revert "A (#12)"', 'revert 12']],
    ['Revert "Revert "A (#12)" (#15)" (#16)', ['squash 16 Revert "Revert "A (#12)" (#15)"', 'revert 15']],
    ['Revert "A" (#15)\n\nReverts owner/shop#12', ['squash 15 Revert "A"', 'revert 12']],
    [`Revert "Merge branch 'a' into 'b'"\n\nThis reverts merge request !12`, ['revert 12']],
    ['Revert "A"', []],
    ['Speak of it\n\nReverts owner/shop#12', []],
    [`Speak of it\n\n> This reverts commit ${sha}.`, []],
  ])('%s', (message, notes) => {
    expect(said(message)).toEqual(notes);
  });
});

test('a long hostile message is read at once', () => {
  const hostile = [' '.repeat(65_000), '('.repeat(65_000), 'See merge request !'.repeat(3500), '\n'.repeat(65_000)];
  const started = performance.now();
  for (const text of hostile) expect(said(`A${text}\n\n${text}`)).toEqual([]);
  expect(said(`A\n${`\n(cherry picked from commit ${sha.slice(0, 8)})`.repeat(1800)}`)).toHaveLength(1);
  expect(performance.now() - started).toBeLessThan(2000);
});

test('a merge names its branches', () => {
  expect(branchesOf('Merge pull request #9 from owner/dependabot/pip/urllib3')).toEqual({
    source: 'dependabot/pip/urllib3',
    target: null,
  });
  expect(branchesOf("Merge branch 'wip/ada/panel' into 'main'")).toEqual({ source: 'wip/ada/panel', target: 'main' });
  expect(branchesOf("Merge pull request 'A' (#2) from ada/topic into main")).toEqual({
    source: 'ada/topic',
    target: 'main',
  });
  expect(branchesOf('Let it be (#12)')).toEqual({ source: null, target: null });
});

interface Line {
  readonly type: string;
  readonly subject: string;
  readonly parents: readonly string[];
  readonly see_merge_request?: string;
  readonly cherry_picked_from?: string;
  readonly reverts?: string;
}

/** The commits of a recorded history, with the lines of their messages that the record keeps. */
function recorded(name: string): { readonly message: string; readonly parentCount: number; readonly line: Line }[] {
  const text = readFileSync(new URL(`../../../../test/fixtures/git-history/${name}.ndjson`, import.meta.url), 'utf8');
  const lines: Line[] = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return lines
    .filter(({ type }) => type === 'commit')
    .map((line) => ({
      line,
      parentCount: line.parents.length,
      message: [
        line.subject,
        ...(line.see_merge_request ? [`See merge request ${line.see_merge_request}`] : []),
        ...(line.cherry_picked_from ? [`(cherry picked from commit ${line.cherry_picked_from})`] : []),
        ...(line.reverts ? [`This reverts commit ${line.reverts}.`] : []),
      ].join('\n\n'),
    }));
}

describe('recorded histories are read', () => {
  const kinds = ['merge', 'squash', 'pick', 'revert'] as const;
  test.each([
    ['github-merge-commits', { merge: 10, squash: 0, pick: 0, revert: 0 }],
    ['github-squash-merges', { merge: 116, squash: 332, pick: 0, revert: 3 }],
    ['gitlab-merges', { merge: 172, squash: 0, pick: 37, revert: 7 }],
  ])('%s', (name, counts) => {
    const notes = recorded(name).flatMap(({ message, parentCount }) => notesOf(message, parentCount));
    const found = kinds.map((kind) => [kind, notes.filter((note) => note.kind === kind).length]);
    expect(Object.fromEntries(found)).toEqual(counts);
  });

  test("every line of GitLab's is found, and no other", () => {
    for (const { message, parentCount, line } of recorded('gitlab-merges')) {
      const notes = notesOf(message, parentCount);
      const landed = notes.find(({ kind }) => kind === 'merge' || kind === 'squash');
      expect(landed?.number).toBe(line.see_merge_request && Number(line.see_merge_request.split('!')[1]));
      expect(notes.find(({ kind }) => kind === 'pick')?.sha).toBe(line.cherry_picked_from);
      expect(notes.find(({ kind }) => kind === 'revert')?.sha ?? undefined).toBe(line.reverts);
    }
  });
});
