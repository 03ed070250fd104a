import { projectPath } from '../../../contract/project-path.ts';
import type { ProjectDetails } from '../../../contract/projects.ts';
import { ancestorsOf, type Group } from '../../features/groups/group-types.ts';
import type { ListedProject } from '../../features/projects/project-types.ts';
import { levelOn, type Principal } from '../../principal.ts';
import { timeText } from './event-view.ts';

/** A project as this API shows it to one principal; `groups` are those that the principal may know of, by path. */
export function projectView(
  project: ListedProject,
  groups: ReadonlyMap<string, Group>,
  principal: Principal,
): ProjectDetails {
  const path = projectPath(project);
  return {
    id: project.id,
    path,
    namespace: project.namespace,
    service: project.service,
    groups: ancestorsOf(path).flatMap((each) => {
      const group = groups.get(each);
      return group ? [{ path: group.path, name: group.name }] : [];
    }),
    title: project.title,
    description: project.description,
    visibility: project.visibility,
    default_branch: project.defaultBranch,
    allow_self_approval: project.allowSelfApproval,
    access_level: levelOn(principal, project),
    created_at: timeText(project.createdAt),
    updated_at: timeText(project.updatedAt),
    last_activity_at: timeText(project.lastActivityAt),
  };
}
