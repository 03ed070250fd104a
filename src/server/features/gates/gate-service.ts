import { accessLevels } from '../../../contract/access-levels.ts';
import type { Clock } from '../../clock.ts';
import { levelOn, type Principal, type ProjectAccess } from '../../principal.ts';
import type { FreezePeriodService } from '../freeze-periods/freeze-period-service.ts';
import type { ProtectionService } from '../protected-environments/protection-service.ts';
import { type AccessEntry, type Protection, sumOverChoices } from '../protected-environments/protection-types.ts';
import type { GateStore } from './gate-store.ts';

/** The answer to "may this deployment go?". */
export interface Gate {
  /** Whether every protection of the environment lets the caller deploy there. */
  readonly mayDeploy: boolean;
  readonly approvals: ApprovalNeeds;
  readonly frozen: FrozenWindow | undefined;
}

/** What an environment asks for before a deployment may run. */
export interface ApprovalNeeds {
  /** Approvals in all; 0: none are needed. */
  readonly required: number;
  /** Where there are rules each has to be met, or one of each choice; without, so many approvals by anybody who may deploy. */
  readonly rules: readonly AccessEntry[];
  /** Whether who started a deployment may approve it. */
  readonly selfApproval: 'allowed' | 'refused' | 'as-the-project-says';
  readonly isProtected: boolean;
}

/** The freeze period that a project is in: cron lines, their time zone, and when it is over (epoch milliseconds). */
export interface FrozenWindow {
  readonly start: string;
  readonly end: string;
  readonly timezone: string;
  readonly until: number;
}

type GatedProject = ProjectAccess & { readonly id: number };

interface GatedEnvironment {
  readonly name: string;
  readonly tier: string;
}

const noNeeds: ApprovalNeeds = { required: 0, rules: [], selfApproval: 'as-the-project-says', isProtected: false };

/** How long it is believed which projects have gates: what another node changes takes effect here after this. */
const rememberMs = 3000;

interface Remembered {
  readonly at: number;
  readonly projects: ReturnType<GateStore['gatedProjects']>;
  /** What `projects` came to. */
  answer: Awaited<ReturnType<GateStore['gatedProjects']>> | undefined;
}

/** Brings together what may hold a deployment back: protected environments, approvals and freeze periods. */
export class GateService {
  readonly #protections: ProtectionService;
  readonly #freezes: FreezePeriodService;
  readonly #store: GateStore;
  readonly #clock: Clock;
  #gated: Remembered | undefined;

  constructor(protections: ProtectionService, freezes: FreezePeriodService, store: GateStore, clock: Clock) {
    this.#protections = protections;
    this.#freezes = freezes;
    this.#store = store;
    this.#clock = clock;
  }

  async gateFor(
    principal: Principal,
    project: GatedProject,
    environment: GatedEnvironment,
    now: number,
  ): Promise<Gate> {
    const protections = await this.#protections.matching(project, environment);
    return {
      mayDeploy: letsIn(protections, principal, project),
      approvals: needsOf(protections),
      frozen: await this.frozen(project.id, now),
    };
  }

  /** Whether every protection of the environment lets the caller deploy there. */
  async mayDeploy(principal: Principal, project: GatedProject, environment: GatedEnvironment): Promise<boolean> {
    return letsIn(await this.#protections.matching(project, environment), principal, project);
  }

  /** What the environment asks for, whoever deploys. */
  async approvalNeeds(project: GatedProject, environment: GatedEnvironment): Promise<ApprovalNeeds> {
    if (!(await this.hasGates(project.id))) return noNeeds;
    return this.needsNow(project, environment);
  }

  /** The same, by what is stored at this moment on whichever node. */
  async needsNow(project: GatedProject, environment: GatedEnvironment): Promise<ApprovalNeeds> {
    return needsOf(await this.#protections.matching(project, environment));
  }

  /**
   * What a caller may decide about deployments to an environment: the rules that they satisfy, in order, and whether they
   * may decide at all. Without rules, whoever may deploy may approve.
   */
  async competence(
    principal: Principal,
    project: GatedProject,
    environment: GatedEnvironment,
  ): Promise<{ readonly needs: ApprovalNeeds; readonly rules: readonly AccessEntry[]; readonly mayDecide: boolean }> {
    const protections = await this.#protections.matching(project, environment);
    const needs = needsOf(protections);
    const rules = needs.rules.filter((rule) => admits(rule, principal, project));
    const mayDecide = needs.rules.length > 0 ? rules.length > 0 : letsIn(protections, principal, project);
    return { needs, rules, mayDecide };
  }

  /** The freeze period that a project is in at a moment. */
  async frozen(projectId: number, now: number): Promise<FrozenWindow | undefined> {
    const freeze = await this.#freezes.frozen(projectId, now);
    if (!freeze) return undefined;
    const { freezeStart: start, freezeEnd: end, timezone } = freeze.period;
    return { start, end, timezone, until: freeze.until };
  }

  /** Whether a caller may deploy to a frozen project where they say that they mean to. */
  mayOverrideFreeze(principal: Principal, project: ProjectAccess): boolean {
    return levelOn(principal, project) >= accessLevels.maintainer;
  }

  /** Whether anything may hold deployments of a project back. Costs nothing most of the time. */
  async hasGates(projectId: number): Promise<boolean> {
    const { ids, newestId } = await this.#gatedProjects();
    // A project made since may lie below a group with protections.
    if (projectId <= newestId) return ids.has(projectId);
    this.forget();
    return (await this.#gatedProjects()).ids.has(projectId);
  }

  /** Whether it is remembered that nothing holds deployments of a project back. */
  isKnownOpen(projectId: number): boolean {
    const { at, answer } = this.#gated ?? {};
    if (at === undefined || !answer || Math.abs(this.#clock() - at) >= rememberMs) return false;
    return projectId <= answer.newestId && !answer.ids.has(projectId);
  }

  /** Protections, freeze periods or projects changed on this node. */
  forget(): void {
    this.#gated = undefined;
  }

  #gatedProjects(): ReturnType<GateStore['gatedProjects']> {
    const now = this.#clock();
    // A clock that was set back must not prolong it.
    if (this.#gated && Math.abs(now - this.#gated.at) < rememberMs) return this.#gated.projects;
    const asked: Remembered = { at: now, projects: this.#store.gatedProjects(), answer: undefined };
    this.#gated = asked;
    asked.projects.then(
      (answer) => {
        asked.answer = answer;
      },
      () => {
        if (this.#gated === asked) this.#gated = undefined;
      },
    );
    return asked.projects;
  }
}

/** The rules of all protections together; only without any, the largest of their numbers. */
function needsOf(protections: readonly Protection[]): ApprovalNeeds {
  const rules = protections.flatMap(({ approvalRules }) => approvalRules);
  const required =
    rules.length > 0
      ? sumOverChoices(rules, ({ requiredApprovals }) => requiredApprovals)
      : Math.max(0, ...protections.map(({ requiredApprovals }) => requiredApprovals));
  return { required, rules, selfApproval: selfApprovalOf(protections), isProtected: protections.length > 0 };
}

/** The strictest of those that ask for approvals. */
function selfApprovalOf(protections: readonly Protection[]): ApprovalNeeds['selfApproval'] {
  const asking = protections.filter((each) => each.approvalRules.length > 0 || each.requiredApprovals > 0);
  if (asking.some(({ selfApproval }) => selfApproval === false)) return 'refused';
  const isAllowed = asking.length > 0 && asking.every(({ selfApproval }) => selfApproval === true);
  return isAllowed ? 'allowed' : 'as-the-project-says';
}

/** Administrators may deploy even where the entries name nobody who is left. */
function letsIn(protections: readonly Protection[], principal: Principal, project: ProjectAccess): boolean {
  if (levelOn(principal, project) >= accessLevels.admin) return true;
  return protections.every(({ deployers }) => deployers.some((entry) => admits(entry, principal, project)));
}

/** Whether an entry names the caller. Every entry names administrators. */
function admits(entry: AccessEntry, principal: Principal, project: ProjectAccess): boolean {
  const level = levelOn(principal, project);
  if (level === 0) return false;
  if (level >= accessLevels.admin) return true;
  if (entry.accessLevel !== null) return level >= entry.accessLevel;
  if (entry.userId !== null) return principal.userId === entry.userId;
  const { groupPath } = entry;
  if (groupPath === null) return false;
  return principal.memberships.some(
    ({ kind, path }) =>
      kind === 'group' && (path === groupPath || (entry.withInherited && groupPath.startsWith(`${path}/`))),
  );
}
