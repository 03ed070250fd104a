import type { Matrix } from '../../../contract/matrix.ts';
import type { WhereCandidate } from '../../../contract/where.ts';
import type { Attempt } from '../../lib/attempts.ts';
import type { FlatSearch } from '../../lib/flat-search.ts';
import { projectName } from '../../lib/project-name.ts';
import { shortVersion } from '../../lib/short-version.ts';
import { formatSlotAddress } from '../../lib/slot-address.ts';
import { whereResults } from './where-results.ts';

type SettingsPage = 'hooks' | 'repository';

export interface PaletteResult {
  readonly key: string;
  readonly group: string;
  /** Whose it is, before the text. */
  readonly lead?: string;
  readonly text: string;
  readonly note: string;
  readonly status?: string;
  readonly at?: string;
  /** Where it leads; without a path it opens over the present page. */
  readonly to:
    | { readonly path?: '/' | '/activity' | '/changes' | '/inbox'; readonly search: FlatSearch }
    | { readonly settingsOf: string; readonly page: SettingsPage }
    | { readonly changeOf: string; readonly number: number };
}

const most = 6;

/** The group of what is offered where nothing else fits. */
export const elsewhere = 'Everywhere';

const pages: readonly PaletteResult[] = [
  { key: 'page matrix', group: 'Go to', text: 'Matrix', note: 'What runs where', to: { path: '/', search: {} } },
  {
    key: 'page activity',
    group: 'Go to',
    text: 'Activity',
    note: 'What changed and who did it',
    to: { path: '/activity', search: {} },
  },
  {
    key: 'page changes',
    group: 'Go to',
    text: 'Changes',
    note: 'Where each merge and pull request is',
    to: { path: '/changes', search: {} },
  },
  {
    key: 'page waiting',
    group: 'Go to',
    text: 'Waiting changes',
    note: 'In one environment, and not in the next',
    to: { path: '/changes', search: { view: 'waiting' } },
  },
  {
    key: 'page inbox',
    group: 'Go to',
    text: 'Inbox',
    note: 'What waits for your approval',
    to: { path: '/inbox', search: {} },
  },
];

interface Found {
  readonly matrix: Matrix | undefined;
  readonly candidates: readonly WhereCandidate[];
  readonly attempts: readonly Attempt[];
}

/** What the words lead to, best first in each group. */
export function findResults(text: string, { matrix, candidates, attempts }: Found): readonly PaletteResult[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (candidate: string) => words.every((word) => candidate.toLowerCase().includes(word));
  if (words.length === 0) return pages;
  return [
    ...pages.filter((page) => fits(page.text)),
    ...projectResults(matrix, fits),
    ...settingsResults(matrix, words, fits),
    ...slotResults(matrix, words, fits),
    ...whereResults(candidates, matrix),
    ...environmentResults(matrix, fits),
    ...attempts.slice(0, most).map(attemptResult),
    {
      key: 'all',
      group: elsewhere,
      text: `Search all activity for “${text.trim()}”`,
      note: '',
      to: { path: '/activity', search: { q: text.trim() } },
    },
  ];
}

function projectResults(matrix: Matrix | undefined, fits: (text: string) => boolean): readonly PaletteResult[] {
  return (matrix?.rows ?? [])
    .filter((row) => fits(projectName(row)))
    .slice(0, most)
    .map((row) => ({
      key: `project ${projectName(row)}`,
      group: 'Services',
      text: projectName(row),
      note: `${Object.keys(row.slots).length} environments`,
      to: { path: '/', search: { q: projectName(row) } },
    }));
}

const settings = [
  { page: 'hooks', word: 'Webhooks', note: 'What is told to other servers' },
  { page: 'repository', word: 'Repository', note: 'Where its commits are read from' },
] as const;

/** "checkout hooks": the settings of a project, for who asks for them. */
function settingsResults(
  matrix: Matrix | undefined,
  words: readonly string[],
  fits: (text: string) => boolean,
): readonly PaletteResult[] {
  return settings
    .filter(({ word }) => words.some((asked) => asked.length > 2 && word.toLowerCase().includes(asked)))
    .flatMap(({ page, word, note }) =>
      (matrix?.rows ?? [])
        .map((row) => projectName(row))
        .filter((project) => fits(`${project} ${word}`))
        .slice(0, most)
        .map((project) => ({
          key: `${page} ${project}`,
          group: word,
          text: `${word} of ${project}`,
          note,
          to: { settingsOf: project, page },
        })),
    );
}

/** "checkout prod": words that name a service and an environment together. */
function slotResults(
  matrix: Matrix | undefined,
  words: readonly string[],
  fits: (text: string) => boolean,
): readonly PaletteResult[] {
  if (words.length < 2) return [];
  const found: PaletteResult[] = [];
  for (const row of matrix?.rows ?? []) {
    for (const [environment, slot] of Object.entries(row.slots)) {
      const text = `${projectName(row)} in ${environment}`;
      if (found.length === most) return found;
      if (!fits(text)) continue;
      found.push({
        key: `slot ${text}`,
        group: 'Slots',
        text,
        note: shortVersion(slot.current),
        status: slot.current.status,
        to: { search: { slot: formatSlotAddress({ ...row, environment }) } },
      });
    }
  }
  return found;
}

function environmentResults(matrix: Matrix | undefined, fits: (text: string) => boolean): readonly PaletteResult[] {
  return (matrix?.columns ?? [])
    .filter(({ name }) => fits(name))
    .slice(0, most)
    .map(({ name, tier }) => ({
      key: `environment ${name}`,
      group: 'Environments',
      text: name,
      note: tier === name ? '' : tier,
      to: { path: '/activity', search: { environment: name } },
    }));
}

function attemptResult({ key, head, facts }: Attempt): PaletteResult {
  return {
    key: `attempt ${key}`,
    group: 'Deployments',
    text: `${projectName(head)} in ${head.environment}`,
    note: shortVersion(facts),
    status: head.status,
    at: head.happened_at,
    to: { search: { slot: formatSlotAddress(head) } },
  };
}
