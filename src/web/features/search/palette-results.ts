import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import type { Matrix } from '../../../contract/matrix.ts';
import { projectPath } from '../../../contract/project-path.ts';
import { hasWords, searchWords } from '../../../contract/search-words.ts';
import type { WhereCandidate } from '../../../contract/where.ts';
import type { Attempt } from '../../lib/attempts.ts';
import { countText } from '../../lib/count-text.ts';
import { projectName } from '../../lib/project-name.ts';
import { shortVersion } from '../../lib/short-version.ts';
import { statusLook } from '../../ui/status-look.ts';
import { attemptResult, numberedResult } from './deployment-results.ts';
import { pageLink, projectLink, slotLink } from './palette-links.ts';
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
  /** The deployment that has the text as its number. */
  readonly numbered: DeploymentEvent | undefined;
  readonly recent: readonly PaletteResult[];
  readonly reader: PaletteReader;
}

/** What the words lead to, best first in each group. */
export function findResults(text: string, found: Found): readonly PaletteResult[] {
  const { matrix, candidates, attempts, numbered, recent, reader } = found;
  const words = searchWords(text);
  const fits = (candidate: string) => hasWords(words, [candidate]);
  if (words.length === 0) return [...recent, ...pageResults(reader)];
  return [
    ...pageResults(reader, fits),
    ...groupResults(matrix, fits),
    ...projectResults(matrix, fits),
    ...projectPageResults(matrix?.rows ?? [], words, fits),
    ...slotResults(matrix, words, fits),
    ...environmentResults(matrix, fits),
    ...whereResults(candidates),
    ...(numbered ? [numberedResult(numbered)] : []),
    ...attempts
      .filter(({ head }) => head.deployment_number !== numbered?.deployment_number)
      .slice(0, most)
      .map((attempt) => attemptResult(attempt, words)),
    {
      key: 'all',
      group: elsewhere,
      text: `Search all activity for “${text.trim()}”`,
      note: '',
      link: pageLink('/activity', { q: text.trim() }),
    },
  ];
}

/** Groups lead to what runs in them. */
function groupResults(matrix: Matrix | undefined, fits: (text: string) => boolean): readonly PaletteResult[] {
  const counts = new Map<string, number>();
  for (const { namespace = '' } of matrix?.rows ?? []) {
    const parts = namespace.split('/');
    for (const [index] of parts.entries()) {
      const path = parts.slice(0, index + 1).join('/');
      if (path !== '') counts.set(path, (counts.get(path) ?? 0) + 1);
    }
  }
  return [...counts]
    .filter(([path]) => fits(path))
    .slice(0, most)
    .map(([path, count]) => ({
      key: `group ${path}`,
      group: 'Groups',
      text: path,
      note: countText(count, 'service'),
      link: pageLink('/', { q: `${path}/*` }),
    }));
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

/** "checkout prod", "checkout failed": words that name a service and an environment, a version or a status together. */
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
      if (!fits(`${text} ${slot.current.version ?? ''} ${statusLook(slot.current.status).word}`)) continue;
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
