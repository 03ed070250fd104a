import type { GroupDetails, GroupListQuery, GroupPage, GroupRequest, GroupUpdate } from '../contract/groups.ts';
import type {
  HolderQuery,
  Member,
  MemberListQuery,
  MemberPage,
  MemberRequest,
  MemberUpdate,
} from '../contract/members.ts';
import type { UserDetails, UserListQuery, UserPage, UserUpdate } from '../contract/users.ts';
import { queryText, type Requests } from './requests.ts';

/** Users, groups and members of one server. Users are named by user name, groups and projects by path or number. */
export class PeopleClient {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /** By their user names. */
  users(query: UserListQuery = {}, signal?: AbortSignal): Promise<UserPage> {
    return this.#requests.send('GET', `/api/users${queryText(query)}`, { signal });
  }

  /** By administrators. */
  changeUser(username: string, change: UserUpdate): Promise<UserDetails> {
    return this.#requests.send('PATCH', userPath(username), { body: change });
  }

  /** By administrators. What the user did stays, under a name that tells no more. */
  deleteUser(username: string): Promise<void> {
    return this.#requests.send('DELETE', userPath(username));
  }

  /** By administrators: the user cannot sign in, and its tokens are dead, until it is unblocked. */
  blockUser(username: string): Promise<UserDetails> {
    return this.#requests.send('POST', `${userPath(username)}/block`);
  }

  unblockUser(username: string): Promise<UserDetails> {
    return this.#requests.send('POST', `${userPath(username)}/unblock`);
  }

  /** Those that the caller may know of, by their paths. */
  groups(query: GroupListQuery = {}, signal?: AbortSignal): Promise<GroupPage> {
    return this.#requests.send('GET', `/api/groups${queryText(query)}`, { signal });
  }

  group(group: string, signal?: AbortSignal): Promise<GroupDetails> {
    return this.#requests.send('GET', `/api/group${queryText({ group })}`, { signal });
  }

  /** In a group by its maintainers; at the top by administrators. */
  createGroup(request: GroupRequest): Promise<GroupDetails> {
    return this.#requests.send('POST', '/api/groups', { body: request });
  }

  /** By its owners. */
  changeGroup(group: string, change: GroupUpdate): Promise<GroupDetails> {
    return this.#requests.send('PATCH', `/api/group${queryText({ group })}`, { body: change });
  }

  /** By its owners, with the groups and projects in it. */
  deleteGroup(group: string): Promise<void> {
    return this.#requests.send('DELETE', `/api/group${queryText({ group })}`);
  }

  /** Of a project or a group, with those of the groups around it unless the query says otherwise. */
  members(query: MemberListQuery, signal?: AbortSignal): Promise<MemberPage> {
    return this.#requests.send('GET', `/api/members${queryText(query)}`, { signal });
  }

  /** By maintainers, with no more than they have. */
  addMember(holder: HolderQuery, request: MemberRequest): Promise<Member> {
    return this.#requests.send('POST', `/api/members${queryText(holder)}`, { body: request });
  }

  /** By maintainers, who change nobody above themselves. */
  changeMember(holder: HolderQuery, username: string, change: MemberUpdate): Promise<Member> {
    return this.#requests.send('PATCH', memberPath(holder, username), { body: change });
  }

  /** By maintainers; everyone may leave. */
  removeMember(holder: HolderQuery, username: string): Promise<void> {
    return this.#requests.send('DELETE', memberPath(holder, username));
  }
}

function userPath(username: string): string {
  return `/api/users/${encodeURIComponent(username)}`;
}

function memberPath(holder: HolderQuery, username: string): string {
  return `/api/members/${encodeURIComponent(username)}${queryText(holder)}`;
}
