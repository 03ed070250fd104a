import { accessLevels } from '../../../contract/access-levels.ts';
import { limits } from '../../../contract/limits.ts';
import { projectAt, projectPath } from '../../../contract/project-path.ts';
import type { Clock } from '../../clock.ts';
import type { LogSession } from '../../db/database.ts';
import { invalid, notFound, ShiplogFault } from '../../errors.ts';
import { writeAudit } from '../../log/audit-log.ts';
import type { Structure } from '../../log/structure.ts';
import { levelOn, type Principal, type ProjectAccess, satisfies } from '../../principal.ts';
import { requireLevel } from '../../require-level.ts';
import { type GroupService, refuseNames, tooOpen } from '../groups/group-service.ts';
import { isMoreOpen } from '../groups/group-types.ts';
import type { Holder, Listed, Page } from '../members/membership-types.ts';
import { refuseNobody } from '../users/user-types.ts';
import { deedsOf } from './project-audit.ts';
import type { ProjectStore } from './project-store.ts';
import type { ListedProject, NewProject, Project, ProjectChange, ProjectFilter } from './project-types.ts';
import type { RememberedProjects } from './remembered-projects.ts';

/** Projects for whoever asks. What somebody may not know of does not exist for them. */
export class ProjectService {
  readonly #store: ProjectStore;
  readonly #remembered: RememberedProjects;
  readonly #groups: GroupService;
  readonly #structure: Structure;
  readonly #clock: Clock;

  constructor(
    store: ProjectStore,
    remembered: RememberedProjects,
    groups: GroupService,
    structure: Structure,
    clock: Clock,
  ) {
    this.#store = store;
    this.#remembered = remembered;
    this.#groups = groups;
    this.#structure = structure;
    this.#clock = clock;
  }

  /**
   * The project of a numeric id or a full path. Throws `not_found` where there is none that the principal may know of,
   * and `forbidden` where it may know of it but has a lower access level than `level`, which is a reader's by default.
   */
  async resolve(principal: Principal, idOrPath: string, level: number = accessLevels.reporter): Promise<Project> {
    const project = await this.#remembered.find(idOrPath);
    if (!project || levelOn(principal, project) < accessLevels.guest) throw notFound('Project');
    this.requireLevel(principal, project, level);
    return project;
  }

  /**
   * As `resolve` for readers, by its group's path and its name, in whatever case, and by the name that it had before it
   * was renamed: for tools that know no numbers.
   */
  async named(principal: Principal, namespace: string, name: string): Promise<Project> {
    const project = await this.located(projectPath({ namespace, service: name }));
    if (!project || levelOn(principal, project) < accessLevels.guest) throw notFound('Project');
    this.requireLevel(principal, project, accessLevels.reporter);
    return project;
  }

  /** The project of a number or path, in whatever case, or that had this path before it was renamed, whoever asks. */
  async located(idOrPath: string): Promise<Project | undefined> {
    const { namespace, service } = projectAt(idOrPath);
    return (await this.#remembered.find(idOrPath)) ?? this.#store.byOldPath(namespace, service);
  }

  /** The id of the project that had this path before it was renamed; undefined where the principal may know of none. */
  async movedTo(principal: Principal, path: string): Promise<number | undefined> {
    const { namespace, service } = projectAt(path);
    const project = await this.#store.byOldPath(namespace, service);
    return project && levelOn(principal, project) >= accessLevels.guest ? project.id : undefined;
  }

  /** As `resolve` for guests, also by the path that it had before it was renamed. */
  async found(principal: Principal, idOrPath: string): Promise<Project> {
    const known = await this.#remembered.find(idOrPath);
    if (known && levelOn(principal, known) >= accessLevels.guest) return known;
    const movedTo = await this.movedTo(principal, idOrPath);
    if (movedTo === undefined) throw notFound('Project');
    return this.resolve(principal, String(movedTo), accessLevels.guest);
  }

  /**
   * Runs `work` for a project, and once more where it was not found any more: it is remembered for a moment, and another
   * node may have renamed it since. Throws what `resolve` and `work` throw.
   */
  async with<T>(principal: Principal, idOrPath: string, work: (project: Project) => Promise<T>): Promise<T> {
    try {
      return await work(await this.resolve(principal, idOrPath));
    } catch (error) {
      if (!(error instanceof ShiplogFault && error.subject === 'Project')) throw error;
      this.#remembered.forget();
      return work(await this.resolve(principal, idOrPath));
    }
  }

  /** Throws `forbidden` where the principal's access level in a project is lower. */
  requireLevel(principal: Principal, project: ProjectAccess, level: number): void {
    requireLevel(principal, project, level);
  }

  /** As `resolve`, as what has members. Throws `unauthenticated` too. */
  async holder(principal: Principal, idOrPath: string, level: number = accessLevels.guest): Promise<Holder> {
    refuseNobody(principal);
    const project = await this.resolve(principal, idOrPath, level);
    return { kind: 'project', id: project.id, path: projectPath(project), level: levelOn(principal, project) };
  }

  /** Those that the principal may read. */
  list(principal: Principal, filter: ProjectFilter, page: Page): Promise<Listed<ListedProject>> {
    return this.#store.list(principal, filter, page);
  }

  /** Those that there are of these ids, whoever asks. */
  async byIds(ids: Iterable<number>): Promise<ReadonlyMap<number, Project>> {
    const projects = await this.#store.byIds([...new Set(ids)]);
    return new Map(projects.map((project) => [project.id, project]));
  }

  /** With when something last happened there. */
  async listed(project: Project): Promise<ListedProject> {
    return { ...project, lastActivityAt: await this.#store.lastActivity(project.id) };
  }

  /** At the top by administrators, in a group by its maintainers. Throws `forbidden`, `not_found`, `validation_failed`. */
  async create(principal: Principal, wanted: NewProject): Promise<Project> {
    const { name, title, description, visibility, defaultBranch, allowSelfApproval = false } = wanted;
    const group = await this.#groups.parentFor(principal, wanted.groupId);
    const namespace = group?.path ?? '';
    refuseNames(name, name, limits.service);
    if (group && isMoreOpen(visibility, group.visibility)) throw tooOpen(visibility, group);
    const now = this.#clock();
    const id = await this.#structure.change(async ({ kysely: tx }) => {
      if (await this.#store.isTaken(tx, namespace, name)) throw nameTaken();
      const made = await this.#store.insert(tx, {
        namespace,
        name,
        title: title ?? null,
        description: description ?? null,
        visibility,
        // Made on purpose, for its members: others may at most read.
        everyone_level: accessLevels.reporter,
        default_branch: defaultBranch ?? null,
        creator_id: principal.userId,
        allow_self_approval: Number(allowSelfApproval),
        created_at: now,
        updated_at: now,
      });
      if (principal.userId !== null && satisfies(principal, 'admin'))
        await this.#store.addOwner(tx, made, principal.userId, now);
      await writeAudit(tx, {
        at: now,
        author: principal,
        projectId: made,
        groupId: group?.id ?? null,
        action: 'project_created',
        details: { project: projectPath({ namespace, service: name }), visibility },
      });
      return made;
    });
    return this.#get(id);
  }

  /** By its maintainers; its visibility by its owners. Throws `forbidden`, `not_found`, `validation_failed`. */
  async change(principal: Principal, idOrPath: string, change: ProjectChange): Promise<Project> {
    const { id } = await this.resolve(principal, idOrPath, accessLevels.maintainer);
    const { name, visibility, title, description, defaultBranch, allowSelfApproval } = change;
    await this.#structure.change(
      async ({ kysely: tx }) => {
        const project = await this.#get(id, tx);
        if (visibility !== undefined && visibility !== project.visibility)
          await this.#refuseVisibility(tx, principal, project, visibility);
        const isRenamed = name !== undefined && name !== project.name;
        if (isRenamed) await this.#rename(tx, project, name);
        // What people call it stays when its path changes.
        const called = title === undefined && isRenamed ? (project.title ?? project.name) : title;
        await this.#store.update(tx, id, {
          updated_at: this.#clock(),
          ...(visibility === undefined ? {} : { visibility }),
          ...(called === undefined ? {} : { title: called }),
          ...(description === undefined ? {} : { description }),
          ...(defaultBranch === undefined ? {} : { default_branch: defaultBranch }),
          ...(allowSelfApproval === undefined ? {} : { allow_self_approval: Number(allowSelfApproval) }),
        });
        await this.#account(tx, principal, project, change);
      },
      { shown: name !== undefined || visibility !== undefined },
    );
    return this.#get(id);
  }

  /** By its owners. What happened there is no longer shown, and its name is free. */
  async remove(principal: Principal, idOrPath: string): Promise<void> {
    const { id } = await this.resolve(principal, idOrPath, accessLevels.owner);
    await this.#structure.change(({ kysely: tx }) => this.#store.remove(tx, id, principal, this.#clock()), {
      shown: true,
    });
  }

  async #account(tx: LogSession['kysely'], author: Principal, before: Project, change: ProjectChange): Promise<void> {
    const place = { at: this.#clock(), author, projectId: before.id, groupId: null };
    for (const deed of deedsOf(before, change)) await writeAudit(tx, { ...place, ...deed });
  }

  async #rename(tx: LogSession['kysely'], project: Project, name: string): Promise<void> {
    refuseNames(name, name, limits.service);
    if (await this.#store.isTaken(tx, project.namespace, name)) throw nameTaken();
    await this.#store.rename(tx, project, name);
  }

  async #refuseVisibility(
    tx: LogSession['kysely'],
    principal: Principal,
    project: Project,
    visibility: Project['visibility'],
  ): Promise<void> {
    this.requireLevel(principal, project, accessLevels.owner);
    const group = (await this.#groups.byPaths([project.namespace], tx)).get(project.namespace);
    if (group && isMoreOpen(visibility, group.visibility)) throw tooOpen(visibility, group);
  }

  async #get(id: number, tx?: LogSession['kysely']): Promise<Project> {
    const project = await this.#store.byId(id, tx);
    if (!project) throw notFound('Project');
    return project;
  }
}

function nameTaken() {
  return invalid([
    { pointer: '/name', message: 'has already been taken' },
    { pointer: '/path', message: 'has already been taken' },
  ]);
}
