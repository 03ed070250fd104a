import { accessLevels } from '../../../contract/access-levels.ts';
import { levelOn, type Principal } from '../../principal.ts';
import type { GroupService } from '../groups/group-service.ts';
import type { Group } from '../groups/group-types.ts';
import type { Project } from '../projects/project-types.ts';
import type { AccessEntry, EntryNames, Protection } from '../protected-environments/protection-types.ts';
import type { UserDirectoryService } from '../users/user-directory-service.ts';
import type { User } from '../users/user-types.ts';

/** Users by id, and groups by path. */
export interface Reviewers {
  readonly users: ReadonlyMap<number, User>;
  readonly groups: ReadonlyMap<string, Group>;
}

/** Whom protections name, as far as a caller may know of them. */
export class KnownReviewers implements EntryNames {
  readonly #users: UserDirectoryService;
  readonly #groups: GroupService;

  constructor(users: UserDirectoryService, groups: GroupService) {
    this.#users = users;
    this.#groups = groups;
  }

  /** All of them for maintainers of the project, who decide about them; others learn no more than they could look up. */
  async of(principal: Principal, project: Project, protections: readonly Protection[]): Promise<Reviewers> {
    const rules = protections.flatMap(({ approvalRules }) => approvalRules);
    const ids = rules.flatMap(({ userId }) => userId ?? []);
    const paths = rules.flatMap(({ groupPath }) => groupPath ?? []);
    const decides = levelOn(principal, project) >= accessLevels.maintainer;
    const [users, groups] = await Promise.all(
      decides
        ? [this.#users.byIds(ids), this.#groups.byPaths(paths)]
        : [this.#users.seenAmong(principal, ids), this.#groups.seenAmong(principal, paths)],
    );
    return { users, groups };
  }

  async shownTo(
    principal: Principal,
    decides: boolean,
    entries: readonly AccessEntry[],
  ): Promise<(entry: AccessEntry) => AccessEntry> {
    if (decides) return (entry) => entry;
    const [users, groups] = await Promise.all([
      this.#users.seenAmong(
        principal,
        entries.flatMap(({ userId }) => userId ?? []),
      ),
      this.#groups.seenAmong(
        principal,
        entries.flatMap(({ groupPath }) => groupPath ?? []),
      ),
    ]);
    return (entry) => {
      const { userId, groupPath, accessLevel } = entry;
      const isKnown = accessLevel !== null || (userId !== null ? users.has(userId) : groups.has(groupPath ?? ''));
      return isKnown ? entry : { ...entry, username: null, groupPath: null, name: null };
    };
  }
}
