import { projectAt } from '../../../contract/project-path.ts';
import type { CandidateKind, WhereCandidate } from '../../../contract/where.ts';
import { nameAt } from '../../lib/project-name.ts';
import { changeLink, pageLink, slotLink } from './palette-links.ts';
import type { PaletteResult } from './palette-results.ts';

const groups: Readonly<Record<CandidateKind, string>> = {
  change: 'Changes',
  commit: 'Commits',
  version: 'Versions',
};

const most = 6;

/** What the server found for a sha, a number or a version; each leads to where more of it is. */
export function whereResults(candidates: readonly WhereCandidate[]): readonly PaletteResult[] {
  return candidates.slice(0, most).map((candidate) => ({
    key: `where ${candidate.kind} ${candidate.project} ${candidate.sha} ${candidate.label}`,
    group: groups[candidate.kind],
    ...(candidate.project === null ? {} : { lead: nameAt(candidate.project) }),
    text: candidate.title === null ? candidate.label : `${candidate.label} ${candidate.title}`,
    note: placesText(candidate),
    link: linkOf(candidate),
  }));
}

/** `live in staging, production` */
function placesText({ project, places }: WhereCandidate): string {
  const live = places.filter(({ state }) => state === 'live');
  const named = project === null;
  const shown = live.map((place) => (named ? `${nameAt(place.project)} ${place.environment}` : place.environment));
  const rest = shown.length > 4 ? ` and ${shown.length - 4} more` : '';
  return live.length === 0 ? 'live nowhere' : `live in ${shown.slice(0, 4).join(', ')}${rest}`;
}

function linkOf({ kind, project, number, sha, label, places }: WhereCandidate): string {
  if (kind === 'change' && project !== null && number !== null) return changeLink(project, number);
  // The furthest environment that it is live in, else that it was ever in.
  const place =
    places.findLast(({ state }) => state === 'live') ?? places.findLast(({ deployment }) => deployment !== null);
  if (!place) return pageLink('/activity', { q: sha ?? label });
  const address = { ...projectAt(place.project), environment: place.environment };
  return slotLink(address, place.deployment?.deployment);
}
