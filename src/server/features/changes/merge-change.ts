import type { ChangeFacts } from './change-row.ts';
import type { ChangeOrigin, ToldChange } from './change-types.ts';

/** What a row of a change says, without which change it is. */
export type Known = ChangeFacts & { readonly told: string };

/** Who told what of a change. */
interface Told {
  /** Columns that a tool told. */
  readonly by: readonly string[];
  /** Columns that a commit filled in: the first that lands a change knows best. */
  readonly filled: readonly string[];
  /** When the tool last changed the change; null: only commits told of it. */
  readonly at: number | null;
  /** Grows with each writing, so that of two writers one notices the other. */
  readonly n: number;
  /** When a tool told that it is merged no more; absent: none did. */
  readonly reopenedAt?: number | undefined;
  /** true: a tool told it as opened, and a merge commit after that says that it is merged. */
  readonly isProven?: true | undefined;
}

type Column = keyof ChangeFacts;
type ToldFacts = { [C in Column]?: ChangeFacts[C] };

/** Where null is a fact; elsewhere it is nothing said. */
const clearable: ReadonlySet<string> = new Set<Column>(['description', 'merged_by', 'merged_at', 'closed_at']);

/** What tells that a change is merged, and how. */
const landingColumns: ReadonlySet<string> = new Set<Column>([
  'state',
  'merged_at',
  'merged_by',
  'merge_commit_sha',
  'squash_commit_sha',
  'head_sha',
]);

const longestTitle = 1024;
const longestText = 65_536;
const longestName = 1024;
const mostLabels = 100;

/**
 * What is known of a change after somebody told of it; undefined where nothing changes. What a tool told stays whatever
 * commits say; of two tellings of a tool the one about the later state wins, in whatever order they come; and what nobody
 * told stays open for anybody. But merged stays merged, whatever the clocks of those who tell: only a later telling
 * reopens it.
 */
export function mergeChange(known: Known | undefined, told: ToldChange, origin: ChangeOrigin): Known | undefined {
  const before = known && toldOf(known.told);
  const facts = factsOf(told);
  const said = new Set([...(before?.by ?? []), ...(origin === 'commit' ? (before?.filled ?? []) : [])]);
  const wins = origin === 'tool' && isNewer(known, before, told);
  const isProof = origin === 'commit' && proves(known, before, told);
  const lands = isProof || (origin === 'tool' && isLateMerge(known, before, told));
  const taken = Object.entries(facts).filter(
    ([column]) => wins || !said.has(column) || (lands && landingColumns.has(column)),
  );
  const merged: ChangeFacts = {
    ...(known ?? unknownChange(told)),
    ...Object.fromEntries(taken),
    updated_at: updatedAt(known, before, told, origin),
  };
  const tellsState = origin === 'tool' && (wins || lands) && facts.state !== undefined;
  const reopens = tellsState && known?.state === 'merged' && facts.state !== 'merged';
  const after: Told = {
    ...withTeller(before, facts, told, origin),
    reopenedAt: reopens ? told.updatedAt : before?.reopenedAt,
    isProven: isProof || (before?.isProven && !tellsState) ? true : undefined,
  };
  if (known && before && isSameTold(before, after) && isSame(known, merged)) return undefined;
  return { ...merged, told: JSON.stringify(after) };
}

/** With who tells it now. */
function withTeller(before: Told | undefined, facts: ToldFacts, told: ToldChange, origin: ChangeOrigin): Told {
  const { by = [], filled = [], at = null, n = 0 } = before ?? {};
  return origin === 'tool'
    ? { by: together(by, facts), filled, at: Math.max(at ?? 0, told.updatedAt), n: n + 1 }
    : { by, filled: together(filled, facts), at, n: n + 1 };
}

function isSameTold(before: Told, after: Told): boolean {
  const isAll = after.by.length === before.by.length && after.filled.length === before.filled.length;
  return isAll && after.at === before.at && after.isProven === before.isProven;
}

/** What a tool told of a change, without what commits did; null: no tool told of it. undefined: commits told nothing. */
export function withoutCommits(known: Known, number: number): Known | null | undefined {
  const { by, filled, isProven, ...before } = toldOf(known.told);
  if (before.at === null) return null;
  const told = new Set(by);
  const proven = isProven ? (['state', 'merged_at', 'merged_by', 'merge_commit_sha'] as const) : [];
  const cleared = [...filled.filter((column) => !told.has(column)), ...proven];
  if (cleared.length === 0) return undefined;
  const unknown = Object.entries(unknownChange({ number, updatedAt: known.updated_at }));
  const blank = Object.fromEntries(unknown.filter(([column]) => cleared.includes(column)));
  return { ...known, ...blank, told: JSON.stringify({ ...before, by, filled: [], n: before.n + 1 } satisfies Told) };
}

function together(columns: readonly string[], facts: ToldFacts): readonly string[] {
  return [...new Set([...columns, ...Object.keys(facts)])];
}

/** Tools tell whole seconds: of two states of one second a merged one is the later. */
function isNewer(known: Known | undefined, before: Told | undefined, told: ToldChange): boolean {
  if (!known || before?.at === undefined || before.at === null || told.updatedAt > before.at) return true;
  const undoes = known.state === 'merged' && told.state !== undefined && told.state !== 'merged';
  return told.updatedAt === before.at && !undoes;
}

/** A tool's clock, or what it told last, may be behind whoever told before it: that it is merged is true all the same. */
function isLateMerge(known: Known | undefined, before: Told | undefined, told: ToldChange): boolean {
  if (!known || known.state === 'merged' || told.state !== 'merged') return false;
  return before?.reopenedAt === undefined || told.updatedAt > before.reopenedAt;
}

/** A merge commit that was made after a tool told of the change as opened. */
function proves(known: Known | undefined, before: Told | undefined, { mergeCommitSha, updatedAt: at }: ToldChange) {
  return known?.state === 'opened' && mergeCommitSha != null && before?.at != null && before.at < at;
}

function updatedAt(known: Known | undefined, before: Told | undefined, told: ToldChange, origin: ChangeOrigin): number {
  if (!known) return told.updatedAt;
  if (origin === 'tool') return Math.max(before?.at ?? 0, told.updatedAt);
  return before?.at == null ? Math.max(known.updated_at, told.updatedAt) : known.updated_at;
}

function unknownChange({ number, updatedAt: at }: Pick<ToldChange, 'number' | 'updatedAt'>): ChangeFacts {
  return {
    title: `Change ${number}`,
    description: null,
    state: 'opened',
    author_username: null,
    author_name: null,
    source_branch: null,
    target_branch: null,
    web_url: null,
    merge_commit_sha: null,
    squash_commit_sha: null,
    head_sha: null,
    draft: 0,
    labels: '[]',
    merged_by: null,
    merged_at: null,
    closed_at: null,
    created_at: at,
    updated_at: at,
  };
}

function factsOf(told: ToldChange): ToldFacts {
  const { author } = told;
  const all: { readonly [C in Column]?: ChangeFacts[C] | null | undefined } = {
    title: cut(told.title?.trim() || null, longestTitle),
    description: cut(told.description, longestText),
    state: told.state,
    author_username: cut(author?.username, longestName),
    author_name: cut(author?.name, longestName),
    source_branch: cut(told.sourceBranch, longestName),
    target_branch: cut(told.targetBranch, longestName),
    web_url: told.webUrl,
    merge_commit_sha: told.mergeCommitSha,
    squash_commit_sha: told.squashCommitSha,
    head_sha: told.headSha,
    draft: told.isDraft === undefined ? undefined : Number(told.isDraft),
    labels: told.labels && JSON.stringify(told.labels.slice(0, mostLabels).map((label) => cut(label, longestName))),
    merged_by: cut(told.mergedBy, longestName),
    merged_at: told.mergedAt,
    closed_at: told.closedAt,
    created_at: told.createdAt,
  };
  const said = Object.entries(all).filter(
    ([column, value]) => value !== undefined && (value !== null || clearable.has(column)),
  );
  return Object.fromEntries(said);
}

function cut<T extends string | null | undefined>(text: T, length: number): T | string {
  return typeof text === 'string' ? text.slice(0, length).toWellFormed() : text;
}

/** Of the facts of a row, given as in the column `told`: whether a tool told it. */
export function isToldByTool(told: string, column: Column): boolean {
  return toldOf(told).by.includes(column);
}

function toldOf(text: string): Told {
  return JSON.parse(text) as Told; // written here
}

function isSame(known: Known, merged: ChangeFacts): boolean {
  return Object.entries(merged).every(([column, value]) => column === 'told' || known[column as Column] === value); // a column of the row
}
