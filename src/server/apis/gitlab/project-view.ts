import { projectPath } from '../../../contract/project-path.ts';
import { ancestorsOf, type Group } from '../../features/groups/group-types.ts';
import type { ListedProject } from '../../features/projects/project-types.ts';
import { covers, type Membership, type Principal } from '../../principal.ts';

/** What a view of a project needs beside it. */
export interface ProjectSurroundings {
  /** At least those that it lies in, by their paths. */
  readonly groups: ReadonlyMap<string, Group>;
  readonly principal: Principal;
  readonly baseUrl: string;
}

/** GitLab's BasicProjectDetails: what `simple=true` asks for. */
export function simpleProjectView(project: ListedProject, { groups, baseUrl }: ProjectSurroundings) {
  const path = projectPath(project);
  const url = `${baseUrl}/${path.split('/').map(encodeURIComponent).join('/')}`;
  const name = project.title ?? project.name;
  return {
    id: project.id,
    description: project.description,
    name,
    name_with_namespace: [...groupNames(project, groups), name].join(' / '),
    path: project.name,
    path_with_namespace: path,
    created_at: new Date(project.createdAt).toISOString(),
    default_branch: project.defaultBranch,
    tag_list: [],
    topics: [],
    ssh_url_to_repo: '',
    http_url_to_repo: `${url}.git`,
    web_url: url,
    readme_url: null,
    forks_count: 0,
    avatar_url: null,
    star_count: 0,
    last_activity_at: new Date(project.lastActivityAt).toISOString(),
    namespace: namespaceView(project.namespace, groups.get(project.namespace), baseUrl),
  };
}

/** What people call the groups that a project lies in, from the top. */
function groupNames(project: ListedProject, groups: ProjectSurroundings['groups']): string[] {
  return ancestorsOf(projectPath(project)).map(
    (path) => groups.get(path)?.name ?? path.slice(path.lastIndexOf('/') + 1),
  );
}

/** GitLab's Project, as far as there is such a thing here. */
export function projectView(project: ListedProject, surroundings: ProjectSurroundings) {
  const { principal, baseUrl } = surroundings;
  return {
    ...simpleProjectView(project, surroundings),
    visibility: project.visibility,
    owner: null,
    creator_id: project.creatorId,
    updated_at: new Date(project.updatedAt).toISOString(),
    archived: false,
    empty_repo: true,
    issues_enabled: false,
    merge_requests_enabled: false,
    wiki_enabled: false,
    jobs_enabled: false,
    snippets_enabled: false,
    environments_access_level: 'enabled',
    shared_with_groups: [],
    allow_pipeline_trigger_approve_deployment: project.allowSelfApproval,
    permissions: permissionsOf(project, principal),
    _links: {
      self: `${baseUrl}/api/v4/projects/${project.id}`,
      members: `${baseUrl}/api/v4/projects/${project.id}/members`,
    },
  };
}

function namespaceView(path: string, group: Group | undefined, baseUrl: string) {
  const slug = path.slice(path.lastIndexOf('/') + 1);
  return {
    id: group?.id ?? 0,
    name: group?.name ?? slug,
    path: slug,
    kind: 'group',
    full_path: path,
    parent_id: group?.parentId ?? null,
    avatar_url: null,
    web_url: path === '' ? baseUrl : `${baseUrl}/groups/${path}`,
  };
}

/** The caller's own membership here, and the highest in the groups around. */
function permissionsOf(project: ListedProject, { memberships }: Principal) {
  const here = memberships.filter((member) => covers(member, project));
  const highest = (kind: Membership['kind']) => {
    const level = Math.max(0, ...here.filter((member) => member.kind === kind).map((member) => member.level));
    return level === 0 ? null : { access_level: level, notification_level: 3 };
  };
  return { project_access: highest('project'), group_access: highest('group') };
}
