import { accessLevels } from '../../../contract/access-levels.ts';
import { projectPath } from '../../../contract/project-path.ts';
import { visibilities } from '../../../contract/visibilities.ts';
import type { GroupService } from '../../features/groups/group-service.ts';
import { ancestorsOf } from '../../features/groups/group-types.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import type { Project, ProjectFilter } from '../../features/projects/project-types.ts';
import { accessLevel } from './access-level.ts';
import { pageOf, pageParameters, paginate } from './pagination.ts';
import { boolean, choice, text, type Values } from './parameters.ts';
import { projectView, simpleProjectView } from './project-view.ts';
import type { Call } from './route.ts';

/** What lists of projects are asked with. What is about archives and repositories means nothing here. */
export const projectListParameters = {
  search: text(),
  visibility: choice(visibilities),
  owned: boolean({ fallback: false }),
  membership: boolean({ fallback: false }),
  simple: boolean({ fallback: false }),
  min_access_level: accessLevel(),
  order_by: choice(['id', 'name', 'path', 'created_at', 'updated_at', 'last_activity_at'], { fallback: 'created_at' }),
  sort: choice(['asc', 'desc'], { fallback: 'desc' }),
  ...pageParameters,
} as const;

type ListCall = Call<typeof projectListParameters>;

/** Answers projects as GitLab shows them. */
export class ProjectLists {
  readonly #projects: ProjectService;
  readonly #groups: GroupService;

  constructor(projects: ProjectService, groups: GroupService) {
    this.#projects = projects;
    this.#groups = groups;
  }

  /** One page, with its headers; `within` narrows what the parameters ask for. */
  async page(call: ListCall, within: Partial<ProjectFilter> = {}) {
    const { values, principal, baseUrl } = call;
    const page = pageOf(call);
    const { items, total } = await this.#projects.list(principal, { ...filterOf(values), ...within }, page);
    const groups = await this.#groups.byPaths(items.flatMap((project) => ancestorsOf(projectPath(project))));
    const surroundings = { groups, principal, baseUrl };
    const view = values.simple ? simpleProjectView : projectView;
    const shown = items.map((project) => view(project, surroundings));
    return paginate(call, page, { items: shown, total });
  }

  async one({ principal, baseUrl }: Pick<Call<unknown>, 'principal' | 'baseUrl'>, project: Project) {
    const groups = await this.#groups.byPaths(ancestorsOf(projectPath(project)));
    return projectView(await this.#projects.listed(project), { groups, principal, baseUrl });
  }
}

function filterOf(values: Values<typeof projectListParameters>): ProjectFilter {
  const { search, visibility: open, owned, membership, min_access_level: level, order_by, sort } = values;
  return {
    search: search || undefined,
    visibility: open,
    owned,
    memberFrom: level ?? (membership ? accessLevels.guest : undefined),
    orderBy: order_by,
    sort,
  };
}
