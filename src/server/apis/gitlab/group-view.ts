import { type Group, parentOf } from '../../features/groups/group-types.ts';

/** GitLab's Group, as far as there is such a thing here. */
export function groupView(group: Group, baseUrl: string) {
  const { id, path, name, description, visibility, parentId, createdAt } = group;
  return {
    id,
    web_url: `${baseUrl}/groups/${path.split('/').map(encodeURIComponent).join('/')}`,
    name,
    path: path.slice(path.lastIndexOf('/') + 1),
    description: description ?? '',
    visibility,
    share_with_group_lock: false,
    require_two_factor_authentication: false,
    project_creation_level: 'maintainer',
    subgroup_creation_level: 'maintainer',
    request_access_enabled: false,
    avatar_url: null,
    full_name: [...parentOf(path).split('/').filter(Boolean), name].join(' / '),
    full_path: path,
    created_at: new Date(createdAt).toISOString(),
    parent_id: parentId,
    organization_id: 1,
    archived: false,
  };
}
