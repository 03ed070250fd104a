import { ShiplogFault } from '../../errors.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { ChangeFilter } from './change-filter.ts';
import type { ChangeService } from './change-service.ts';
import type { Change, ChangeLink } from './change-types.ts';
import { namedChange, type ProjectView } from './project-views.ts';
import type { Asker, Draft, PlaceFacts } from './where-types.ts';

const latestFirst = { orderBy: 'updated_at', direction: 'desc' } as const;

/** Finds changes by what people call them. */
export class ChangeFinder {
  readonly #changes: ChangeService;
  readonly #projects: ProjectService;

  constructor(changes: ChangeService, projects: ProjectService) {
    this.#changes = changes;
    this.#projects = projects;
  }

  /** Of all projects that the asker sees, or of one; none where there is no such project for them. */
  async numbered(asker: Asker, path: string | undefined, number: number): Promise<Draft[]> {
    const filter = { ...latestFirst, seenBy: asker.principal, numbers: [number] };
    if (path === undefined) return this.#found(asker, filter);
    try {
      const { id } = await this.#projects.resolve(asker.principal, path);
      return await this.#found(asker, { ...filter, projectIds: [id] });
    } catch (error) {
      if (error instanceof ShiplogFault && ['not_found', 'forbidden'].includes(error.code)) return [];
      throw error;
    }
  }

  /** With these words, as they stand, in their titles. */
  titled(asker: Asker, words: string): Promise<Draft[]> {
    return this.#found(asker, { ...latestFirst, seenBy: asker.principal, search: words, searchIn: ['title'] });
  }

  async #found({ views, limit }: Asker, filter: ChangeFilter): Promise<Draft[]> {
    const { items } = await this.#changes.page(filter, { limit, after: undefined });
    const links = await this.#changes.links(items.map(({ id }) => id));
    const drafts: Draft[] = [];
    for (const change of items) {
      const view = await views.of(change.projectId);
      if (view) drafts.push(draftOf(view, change, placesOf(view, change, links.get(change.id) ?? [])));
    }
    return drafts;
  }
}

function placesOf({ project, tracked }: ProjectView, { id }: Change, links: readonly ChangeLink[]): PlaceFacts[] {
  if (!tracked) return [];
  return tracked.environments.map((environment) => ({
    project,
    environment,
    state: tracked.stateOf(id, environment.id),
    firstId: links.find(({ environmentId }) => environmentId === environment.id)?.deploymentId,
    currentId: environment.current?.deploymentId,
  }));
}

function draftOf(view: ProjectView, change: Change, places: readonly PlaceFacts[]): Draft {
  const { project, reference } = namedChange(view, change);
  const { title, number, author, webUrl, squashCommitSha, mergeCommitSha } = change;
  return {
    kind: 'change',
    label: reference,
    title,
    project,
    number,
    sha: mergeCommitSha ?? squashCommitSha,
    author: author?.username ?? author?.name ?? null,
    webUrl,
    places,
  };
}
