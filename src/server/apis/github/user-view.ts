import { nodeIdOf } from './node-id.ts';

/** What every view of a user shows; see the users feature. */
export interface ShownUser {
  readonly id: number;
  readonly username: string;
  readonly bot?: boolean;
}

/** GitHub's simple user: how other resources name one. Most of its links lead nowhere here, and clients need all of them. */
export function userView({ id, username, bot = false }: ShownUser, webUrl: string, apiUrl: string) {
  return {
    ...accountView({ id, login: username, kind: 'User' }, webUrl, apiUrl),
    type: bot ? 'Bot' : 'User',
  };
}

/** The owner of a repository: a group, under its whole path. An id of 0: no group was made for it. */
export function ownerView(
  { id, path }: { readonly id: number; readonly path: string },
  webUrl: string,
  apiUrl: string,
) {
  return { ...accountView({ id, login: path, kind: 'Organization' }, webUrl, apiUrl), type: 'Organization' };
}

interface Account {
  readonly id: number;
  readonly login: string;
  readonly kind: 'User' | 'Organization';
}

function accountView({ id, login, kind }: Account, webUrl: string, apiUrl: string) {
  const url = `${apiUrl}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: nodeIdOf(kind, id),
    avatar_url: `${webUrl}/favicon.svg`,
    gravatar_id: '',
    url,
    html_url: `${webUrl}/${login.split('/').map(encodeURIComponent).join('/')}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    site_admin: false,
  };
}
