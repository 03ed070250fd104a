import type { SubjectProject, SubjectUser } from '../../features/webhooks/webhook-types.ts';
import type { Addresses } from './mounts.ts';
import { nodeIdOf } from './node-id.ts';
import { ownerOf } from './repository.ts';
import { repositoryView, type ShownRepository } from './repository-view.ts';
import { userView } from './user-view.ts';

/** Receivers need somebody where nobody is known: a token without a user reported it. */
const nobody = { id: 0, username: 'shiplog', bot: true } as const;

export function hookSender(user: SubjectUser | null, { webUrl, apiUrl }: Addresses) {
  return userView(user ?? nobody, webUrl, apiUrl);
}

/** The repository of a webhook: with the fields that only webhooks have. */
export function hookRepository(project: SubjectProject, { webUrl, apiUrl }: Addresses) {
  const { visibility } = project;
  const shown: ShownRepository = { ...project, visibility: isVisibility(visibility) ? visibility : 'private' };
  const ownerId = project.groupId ?? 0;
  return { ...repositoryView(shown, { webUrl, apiUrl, ownerId }), custom_properties: {} };
}

/** The group that a project lies in, as an organization. */
export function hookOrganization(project: SubjectProject, { webUrl, apiUrl }: Addresses) {
  const login = ownerOf(project);
  const url = `${apiUrl}/orgs/${encodeURIComponent(login)}`;
  const id = project.groupId ?? 0;
  return {
    login,
    id,
    node_id: nodeIdOf('Organization', id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${webUrl}/favicon.svg`,
    description: null,
  };
}

function isVisibility(word: string): word is ShownRepository['visibility'] {
  return word === 'private' || word === 'internal' || word === 'public';
}
