import type { Principal } from '../../principal.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { ChangeFinder } from './change-finder.ts';
import type { CommitFinder } from './commit-finder.ts';
import { type ConnectedProjectStore, standingOfProjects } from './connected-project-store.ts';
import type { PresenceService } from './presence-service.ts';
import { ProjectViews } from './project-views.ts';
import type { ShipmentStore } from './shipment-store.ts';
import type { VersionFinder } from './version-finder.ts';
import { readQuestion } from './where-question.ts';
import type { Candidate, Draft, Whereabouts } from './where-types.ts';

interface WhereParts {
  readonly projects: ProjectService;
  readonly presence: PresenceService;
  readonly connected: ConnectedProjectStore;
  readonly shipments: ShipmentStore;
  readonly changes: ChangeFinder;
  readonly commits: CommitFinder;
  readonly versions: VersionFinder;
}

/** Of each kind so many are answered. */
const mostOfKind = 10;
/** A sha that is given so far is hardly meant as a word. */
const surePrefix = 7;

/** Where something is, asked for by whatever people call it: of all that whoever asks may see. */
export class WhereService {
  readonly #parts: WhereParts;

  constructor(parts: WhereParts) {
    this.#parts = parts;
  }

  async find(principal: Principal, text: string): Promise<Whereabouts> {
    const { projects, presence, connected, changes, commits, versions } = this.#parts;
    const asker = { principal, views: new ProjectViews(principal, projects, presence), limit: mostOfKind + 1 };
    const { change, sha, version, words } = readQuestion(text);
    const numbered = change
      ? addressed(await changes.numbered(asker, change.project, change.number), change.webUrl)
      : [];
    const hashed = sha === undefined ? [] : await commits.find(asker, sha);
    const named = version === undefined ? [] : await versions.find(asker, version);
    const isSure = hashed.length > 0 && (sha?.length ?? 0) >= surePrefix;
    const titled = words === undefined || isSure ? [] : await changes.titled(asker, words);
    const kinds = [numbered, hashed, named, titled];
    return {
      candidates: await this.#read(kinds.flatMap((drafts) => drafts.slice(0, mostOfKind))),
      more: kinds.some((drafts) => drafts.length > mostOfKind),
      standing: standingOfProjects(await connected.visibleTo(principal)),
    };
  }

  async #read(drafts: readonly Draft[]): Promise<Candidate[]> {
    const ids = drafts.flatMap(({ places }) => places.flatMap(({ firstId, currentId }) => [firstId, currentId]));
    const shipments = await this.#parts.shipments.byIds([...new Set(ids)].filter((id) => id !== undefined));
    const shipment = (id: number | undefined) => (id === undefined ? undefined : shipments.get(id));
    return drafts.map(({ places, ...draft }) => ({
      ...draft,
      places: places.map(({ firstId, currentId, ...place }) => ({
        ...place,
        first: shipment(firstId),
        current: shipment(currentId),
      })),
    }));
  }
}

/** The one at an address, where a tool told it; else all of its number. */
function addressed(drafts: readonly Draft[], webUrl: string | undefined): readonly Draft[] {
  const exact = drafts.filter((draft) => webUrl !== undefined && draft.webUrl === webUrl);
  return exact.length > 0 ? exact : drafts;
}
