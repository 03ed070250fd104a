import { ShiplogFault } from '../../errors.ts';
import type { ChangeFilter } from '../../features/changes/change-filter.ts';
import type { ChangeService } from '../../features/changes/change-service.ts';
import type { Change } from '../../features/changes/change-types.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import type { UserDirectoryService } from '../../features/users/user-directory-service.ts';
import { anonymous } from '../../principal.ts';
import { type allParameters, changeFilter } from './merge-request-filter.ts';
import {
  type MergeRequestSurroundings,
  mergeRequestView,
  simpleMergeRequestView,
  wholeMergeRequestView,
} from './merge-request-view.ts';
import { pageOf, type pageParameters, paginate } from './pagination.ts';
import type { Call } from './route.ts';

type ListCall = Call<typeof allParameters & typeof pageParameters>;

/** Answers changes as GitLab shows merge requests. */
export class MergeRequestLists {
  readonly #changes: ChangeService;
  readonly #projects: ProjectService;
  readonly #directory: UserDirectoryService;

  constructor(changes: ChangeService, projects: ProjectService, directory: UserDirectoryService) {
    this.#changes = changes;
    this.#projects = projects;
    this.#directory = directory;
  }

  /** One page, with its headers; `within` narrows what the parameters ask for. Throws `unauthenticated`. */
  async page(call: ListCall, within: Partial<ChangeFilter>): Promise<readonly unknown[]> {
    const { values, principal, baseUrl } = call;
    const page = pageOf(call);
    const filter = await this.#filter(call);
    const link = { ...filter.link, ...within.link };
    const found = await this.#changes.page({ ...filter, ...within, seenBy: principal, link }, page);
    const { items, hasNext, total } = found;
    const shown =
      values.view === 'simple'
        ? items.map(simpleMergeRequestView)
        : await this.#surroundings(items, baseUrl).then((around) =>
            items.map((item) => mergeRequestView(item, around)),
          );
    return paginate(call, page, total === undefined ? { items: shown, hasNext } : { items: shown, total });
  }

  /** One by itself. */
  async whole(change: Change, baseUrl: string): Promise<ReturnType<typeof wholeMergeRequestView>> {
    const around = await this.#surroundings([change], baseUrl);
    return wholeMergeRequestView(change, around, await this.#changes.firstInProduction(change.id));
  }

  /** What the views of these changes need. */
  async #surroundings(changes: readonly Change[], baseUrl: string): Promise<MergeRequestSurroundings> {
    const names = changes.flatMap(({ author, mergedBy }) => [author?.username ?? [], mergedBy ?? []].flat());
    const [projects, users] = await Promise.all([
      this.#projects.byIds(changes.map(({ projectId }) => projectId)),
      this.#directory.allNamed(names),
    ]);
    return { projects, users, baseUrl };
  }

  async #filter({ values, principal }: ListCall): Promise<ChangeFilter> {
    const filter = changeFilter(values);
    const isMine = values.scope === 'created_by_me' || values.scope === 'created-by-me';
    if (values.scope !== 'all' && principal === anonymous)
      throw new ShiplogFault('unauthenticated', 'Whose changes are asked for is not known.');
    if (values.author_id === undefined && !isMine) return filter;
    const { author_id: id } = values;
    const named = id === undefined ? undefined : (await this.#directory.byIds([id])).get(id)?.username;
    const wanted = [
      filter.author,
      id === undefined ? undefined : (named ?? null),
      isMine ? principal.username : undefined,
    ];
    const authors = new Set(wanted.flatMap((author) => (author === undefined ? [] : [author?.toLowerCase() ?? null])));
    const [author] = authors;
    // Several at once, or one that is nobody here, have made nothing.
    return author == null || authors.size > 1 ? { ...filter, ids: [] } : { ...filter, author };
  }
}
