import { accessLevels } from '../../../contract/access-levels.ts';
import { limits } from '../../../contract/limits.ts';
import { visibilities } from '../../../contract/visibilities.ts';
import type { Clock } from '../../clock.ts';
import type { LogSession } from '../../db/database.ts';
import { forbidden, invalid, levelTooLow, notFound, ShiplogFault } from '../../errors.ts';
import { type AuditAuthor, type Deed, writeAudit } from '../../log/audit-log.ts';
import type { Structure } from '../../log/structure.ts';
import { type Principal, satisfies, type Visibility } from '../../principal.ts';
import type { Holder, Listed, Page } from '../members/membership-types.ts';
import { refuseNobody } from '../users/user-types.ts';
import { groupDeedsOf } from './group-audit.ts';
import type { GroupStore } from './group-store.ts';
import {
  ancestorsOf,
  type Group,
  type GroupChange,
  type GroupFilter,
  groupLevel,
  isMoreOpen,
  type NewGroup,
  parentOf,
} from './group-types.ts';

/** What has to end with each project of a group that is removed, in the same transaction. */
export type RemoveProject = (session: LogSession, projectId: number, author: AuditAuthor) => Promise<void>;

/** Groups of projects, which have members and lie in one another. */
export class GroupService {
  readonly #store: GroupStore;
  readonly #removeProject: RemoveProject;
  readonly #structure: Structure;
  readonly #clock: Clock;

  constructor(store: GroupStore, removeProject: RemoveProject, structure: Structure, clock: Clock) {
    this.#store = store;
    this.#removeProject = removeProject;
    this.#structure = structure;
    this.#clock = clock;
  }

  /**
   * The group of a numeric id or a full path. Throws `not_found` where there is none that the principal may know of, and
   * `forbidden` where its access level in it is lower than `level`.
   */
  async resolve(principal: Principal, idOrPath: string, level = 0): Promise<Group> {
    const group = /^\d{1,15}$/.test(idOrPath)
      ? await this.#store.byId(Number(idOrPath))
      : (await this.#store.byPaths([idOrPath]))[0];
    if (!group || !seesGroup(principal, group)) throw notFound('Group');
    if (groupLevel(principal, group.path) < level) throw levelTooLow();
    return group;
  }

  /** The same, as what has members. Throws `unauthenticated` too. */
  async holder(principal: Principal, idOrPath: string, level = 0): Promise<Holder> {
    refuseNobody(principal);
    const { id, path } = await this.resolve(principal, idOrPath, level);
    return { kind: 'group', id, path, level: groupLevel(principal, path) };
  }

  /** Those that there are of these paths, whoever asks. */
  async byPaths(paths: readonly string[], tx?: LogSession['kysely']): Promise<ReadonlyMap<string, Group>> {
    const groups = await this.#store.byPaths([...new Set(paths)], tx);
    return new Map(groups.map((group) => [group.path, group]));
  }

  /** Those of these paths that the principal may know of. */
  async seenAmong(principal: Principal, paths: readonly string[]): Promise<ReadonlyMap<string, Group>> {
    const found = await this.byPaths(paths);
    return new Map([...found].filter(([, group]) => seesGroup(principal, group)));
  }

  list(principal: Principal, { levelFrom, ...filter }: GroupFilter, page: Page): Promise<Listed<Group>> {
    const isBound = levelFrom !== undefined && !satisfies(principal, 'admin');
    return this.#store.list(principal, isBound ? { ...filter, memberFrom: levelFrom } : filter, page);
  }

  /** At the top by administrators, in a group by its maintainers. Throws `forbidden`, `not_found`, `validation_failed`. */
  async create(principal: Principal, wanted: NewGroup): Promise<Group> {
    const { name, slug, parentId, description, visibility = 'private' } = wanted;
    const parent = await this.parentFor(principal, parentId);
    const path = parent ? `${parent.path}/${slug}` : slug;
    refuseNames(slug, path, limits.namespace);
    if (parent && isMoreOpen(visibility, parent.visibility)) throw tooOpen(visibility, parent);
    const now = this.#clock();
    const id = await this.#structure.change(async ({ kysely: tx }) => {
      if (await this.#store.isTaken(tx, path)) throw pathTaken();
      const row = { path, name, description: description ?? null, visibility, created_at: now, updated_at: now };
      const made = await this.#store.insert(tx, row);
      if (principal.userId !== null && (!parent || satisfies(principal, 'admin')))
        await this.#store.addOwner(tx, made, principal.userId, now);
      const place = { at: now, author: principal, projectId: null, groupId: made };
      await writeAudit(tx, { ...place, action: 'group_created', details: { group: path, visibility } });
      return made;
    });
    return this.#get(id);
  }

  /** By its owners. Renaming moves everything in it. Throws `forbidden`, `not_found`, `validation_failed`. */
  async change(principal: Principal, idOrPath: string, change: GroupChange): Promise<Group> {
    const { id } = await this.resolve(principal, idOrPath, accessLevels.owner);
    const { slug, name, description, visibility } = change;
    await this.#structure.change(
      async ({ kysely: tx }) => {
        const group = await this.#get(id, tx);
        const { path } = group;
        const [parent] = await this.#store.byPaths([parentOf(path)], tx);
        const to = slug === undefined ? path : parent ? `${parent.path}/${slug}` : slug;
        if (slug !== undefined) refuseNames(slug, to, limits.namespace);
        if (to !== path && (await this.#store.isTaken(tx, to))) throw pathTaken();
        if (visibility !== undefined) await this.#refuseVisibility(tx, group, visibility, parent);
        await this.#store.update(tx, id, {
          updated_at: this.#clock(),
          ...(visibility === undefined ? {} : { visibility }),
          ...(name === undefined ? {} : { name }),
          ...(description === undefined ? {} : { description }),
        });
        if (to !== path) await this.#store.move(tx, path, to);
        await this.#account(tx, principal, id, groupDeedsOf(group, to, change));
      },
      { shown: slug !== undefined },
    );
    return this.#get(id);
  }

  /**
   * By its owners: its projects end as if each were deleted, and so do the groups in it. Throws `rule_refused` where a
   * protection outside of it would lose whom it names.
   */
  async remove(principal: Principal, idOrPath: string): Promise<void> {
    const { id: groupId } = await this.resolve(principal, idOrPath, accessLevels.owner);
    await this.#structure.change(
      async (session) => {
        const { path, parentId } = await this.#get(groupId, session.kysely);
        if (await this.#store.isNamedOutside(session.kysely, path)) throw isNamed();
        const projects = await this.#store.projectsWithin(session.kysely, path);
        for (const id of projects) await this.#removeProject(session, id, principal);
        await this.#store.remove(session.kysely, path, this.#clock());
        await writeAudit(session.kysely, {
          at: this.#clock(),
          author: principal,
          projectId: null,
          // Its own log can be read no more.
          groupId: parentId ?? groupId,
          action: 'group_deleted',
          details: { group: path, projects: projects.length },
        });
      },
      { shown: true },
    );
  }

  /**
   * The group that something new shall lie in; undefined at the top, which is for administrators. Throws `not_found`,
   * `forbidden`.
   */
  async parentFor(principal: Principal, groupId: number | undefined): Promise<Group | undefined> {
    if (groupId !== undefined) return this.resolve(principal, String(groupId), accessLevels.maintainer);
    if (!satisfies(principal, 'admin')) throw forbidden('Only an administrator may create this outside of a group.');
    return undefined;
  }

  async #account(tx: LogSession['kysely'], author: Principal, groupId: number, deeds: readonly Deed[]): Promise<void> {
    const place = { at: this.#clock(), author, projectId: null, groupId };
    for (const deed of deeds) await writeAudit(tx, { ...place, ...deed });
  }

  async #refuseVisibility(tx: LogSession['kysely'], group: Group, visibility: Visibility, parent?: Group) {
    if (parent && isMoreOpen(visibility, parent.visibility)) throw tooOpen(visibility, parent);
    const tooMuch = visibilities.filter((one) => isMoreOpen(one, visibility));
    if (visibility === group.visibility || !(await this.#store.hasMoreOpen(tx, group.path, tooMuch))) return;
    const message = `${visibility} is not allowed: more open ones lie in it`;
    throw invalid([{ pointer: '/visibility_level', message }]);
  }

  async #get(id: number, tx?: LogSession['kysely']): Promise<Group> {
    const group = await this.#store.byId(id, tx);
    if (!group) throw notFound('Group');
    return group;
  }
}

/** Everyone signed in sees what is not private; members of something in a group see the group. */
function seesGroup(principal: Principal, { path, visibility }: Group): boolean {
  const { reach, memberships } = principal;
  if (reach.kind === 'project') return false;
  if (reach.kind === 'group' && path !== reach.namespace && !path.startsWith(`${reach.namespace}/`)) return false;
  if (visibility !== 'private' || groupLevel(principal, path) > 0) return true;
  return memberships.some((member) => ancestorsOf(member.path).includes(path));
}

/** Throws where the last part of a path, or the whole, cannot be one. */
export function refuseNames(name: string, path: string, longest: number): void {
  const message =
    "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-' or '.', or end in '.', '.git' or '.atom'";
  const isName = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(name) && !/\.$|\.git$|\.atom$/.test(name);
  if (/^\d+$/.test(name))
    throw invalid([{ pointer: '/path', message: 'cannot consist of digits alone: it would be taken for an id' }]);
  if (!isName) throw invalid([{ pointer: '/path', message }]);
  if (path.length > longest)
    throw invalid([{ pointer: '/path', message: `is too long (the whole may have ${longest} characters)` }]);
}

/** Throws where something would be more open than the group it lies in. */
export function tooOpen(visibility: string, parent: Group) {
  const message = `${visibility} is not allowed in a ${parent.visibility} group.`;
  return invalid([{ pointer: '/visibility_level', message }]);
}

function isNamed() {
  const message = 'A protected environment outside of this group names it, or a group in it. Change that first.';
  return new ShiplogFault('rule_refused', message);
}

function pathTaken() {
  return invalid([{ pointer: '/path', message: 'has already been taken' }]);
}
