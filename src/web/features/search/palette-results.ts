import type { Matrix } from '../../../contract/matrix.ts';
import { projectPath } from '../../../contract/project-path.ts';
import type { WhereCandidate } from '../../../contract/where.ts';
import type { Attempt } from '../../lib/attempts.ts';
import { countText } from '../../lib/count-text.ts';
import { projectName } from '../../lib/project-name.ts';
import { shortVersion } from '../../lib/short-version.ts';
import { deploymentLink, pageLink, projectLink, slotLink } from './palette-links.ts';
import { type PaletteReader, pageResults, projectPageResults } from './palette-pages.ts';
import { whereResults } from './where-results.ts';

export interface PaletteResult {
  readonly key: string;
  readonly group: string;
  /** Whose it is, before the text. */
  readonly lead?: string;
  readonly text: string;
  readonly note: string;
  readonly status?: string;
  readonly at?: string;
  /** Where it leads, an address on this server. */
  readonly link: string;
}

const most = 6;

/** The group of what is offered where nothing else fits. */
export const elsewhere = 'Everywhere';

interface Found {
  readonly matrix: Matrix | undefined;
  readonly candidates: readonly WhereCandidate[];
  readonly attempts: readonly Attempt[];
  readonly recent: readonly PaletteResult[];
  readonly reader: PaletteReader;
}

/** What the words lead to, best first in each group. */
export function findResults(text: string, found: Found): readonly PaletteResult[] {
  const { matrix, candidates, attempts, recent, reader } = found;
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (candidate: string) => words.every((word) => candidate.toLowerCase().includes(word));
  if (words.length === 0) return [...recent, ...pageResults(reader)];
  return [
    ...pageResults(reader, fits),
    ...projectResults(matrix, fits),
    ...projectPageResults(matrix?.rows ?? [], words, fits),
    ...slotResults(matrix, words, fits),
    ...whereResults(candidates),
    ...environmentResults(matrix, fits),
    ...attempts.slice(0, most).map(attemptResult),
    {
      key: 'all',
      group: elsewhere,
      text: `Search all activity for “${text.trim()}”`,
      note: '',
      link: pageLink('/activity', { q: text.trim() }),
    },
  ];
}

function projectResults(matrix: Matrix | undefined, fits: (text: string) => boolean): readonly PaletteResult[] {
  return (matrix?.rows ?? [])
    .filter((row) => fits(projectName(row)))
    .slice(0, most)
    .map((row) => ({
      key: `project ${projectPath(row)}`,
      group: 'Services',
      text: projectName(row),
      note: countText(Object.keys(row.slots).length, 'environment'),
      link: projectLink(projectPath(row)),
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
        link: slotLink({ ...row, environment }),
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
      link: pageLink('/activity', { environment: name }),
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
    link: deploymentLink(head.deployment_number),
  };
}
