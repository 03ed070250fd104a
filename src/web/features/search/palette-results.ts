import type { Matrix } from '../../../contract/matrix.ts';
import type { Attempt } from '../../lib/attempts.ts';
import type { FlatSearch } from '../../lib/flat-search.ts';
import { projectName } from '../../lib/project-name.ts';
import { shortVersion } from '../../lib/short-version.ts';
import { formatSlotAddress } from '../../lib/slot-address.ts';

export interface PaletteResult {
  readonly key: string;
  readonly group: string;
  readonly text: string;
  readonly note: string;
  readonly status?: string;
  readonly at?: string;
  /** Where it leads; without a path it opens over the present page. */
  readonly to:
    | { readonly path?: '/' | '/activity' | '/inbox'; readonly search: FlatSearch }
    | { readonly hooksOf: string };
}

const most = 6;

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
    key: 'page inbox',
    group: 'Go to',
    text: 'Inbox',
    note: 'What waits for your approval',
    to: { path: '/inbox', search: {} },
  },
];

/** What the words lead to, best first in each group. */
export function findResults(
  text: string,
  matrix: Matrix | undefined,
  attempts: readonly Attempt[],
): readonly PaletteResult[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (candidate: string) => words.every((word) => candidate.toLowerCase().includes(word));
  if (words.length === 0) return pages;
  return [
    ...pages.filter((page) => fits(page.text)),
    ...projectResults(matrix, fits),
    ...hookResults(matrix, words, fits),
    ...slotResults(matrix, words, fits),
    ...environmentResults(matrix, fits),
    ...attempts.slice(0, most).map(attemptResult),
    {
      key: 'all',
      group: 'Everywhere',
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

/** "checkout hooks": the settings of a project, for who asks for them. */
function hookResults(
  matrix: Matrix | undefined,
  words: readonly string[],
  fits: (text: string) => boolean,
): readonly PaletteResult[] {
  if (!words.some((word) => word.length > 2 && 'webhooks'.includes(word))) return [];
  return (matrix?.rows ?? [])
    .map((row) => projectName(row))
    .filter((project) => fits(`${project} webhooks`))
    .slice(0, most)
    .map((project) => ({
      key: `hooks ${project}`,
      group: 'Webhooks',
      text: `Webhooks of ${project}`,
      note: 'What is told to other servers',
      to: { hooksOf: project },
    }));
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
