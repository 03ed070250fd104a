import type { Clock } from '../../clock.ts';
import { invalid, notFound, ShiplogFault } from '../../errors.ts';
import type { AuditEntry } from '../../log/audit-log.ts';
import type { Principal } from '../../principal.ts';
import { requireMaintainer } from '../../require-level.ts';
import type { Project } from '../projects/project-types.ts';
import type { Environment } from './environment-types.ts';
import { fitsPattern, readRef } from './ref-pattern.ts';
import type { RefPolicyStore } from './ref-policy-store.ts';
import type { RefKind, RefRule } from './ref-policy-types.ts';

const longestPattern = 255;
const mostRules = 100;

/** Which branches and tags may be deployed to an environment. Readers see it, maintainers decide. */
export class RefPolicyService {
  readonly #store: RefPolicyStore;
  readonly #clock: Clock;

  constructor(store: RefPolicyStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /**
   * Whether a ref may be deployed to the environment of this name, which may be new. `refs/heads/...` and `refs/tags/...`
   * are compared with patterns of their kind, any other ref with all of them.
   */
  async allows(project: Pick<Project, 'id'>, environment: string, ref: string): Promise<boolean> {
    const policy = await this.#store.ofNamed(project.id, environment);
    if (!policy?.isLimited) return true;
    const { name, kind } = readRef(ref);
    return policy.rules.some((rule) => (kind ?? rule.kind) === rule.kind && fitsPattern(rule.pattern, name));
  }

  /** Oldest first. */
  rules({ id }: Pick<Environment, 'id'>): Promise<RefRule[]> {
    return this.#store.rules(id);
  }

  /** Throws `not_found`. */
  async get(environment: Pick<Environment, 'id'>, id: number): Promise<RefRule> {
    const rule = (await this.rules(environment)).find((each) => each.id === id);
    if (!rule) throw notFound('ref rule');
    return rule;
  }

  /** Begins to let in only refs that rules name, or lets all in again and forgets the rules. Throws `forbidden`. */
  async limit(principal: Principal, project: Project, environment: Environment, isLimited: boolean): Promise<void> {
    requireMaintainer(principal, project);
    if (environment.refsLimited === isLimited) return;
    const action = isLimited ? 'environment_refs_limited' : 'environment_refs_unlimited';
    await this.#store.limit(environment.id, isLimited, this.#entry(principal, environment, action, {}));
  }

  /** Throws `forbidden`, `not_found` where the environment lets all refs in, `validation_failed`, and `conflict`. */
  async add(
    principal: Principal,
    project: Project,
    environment: Environment,
    rule: { readonly pattern: string; readonly kind: RefKind },
  ): Promise<RefRule> {
    requireMaintainer(principal, project);
    if (!environment.refsLimited) throw notFound('ref policy');
    refusePattern(rule.pattern);
    const audit = this.#entry(principal, environment, 'environment_ref_rule_added', rule);
    const made = await this.#store.add(environment.id, rule, audit, mostRules);
    if (made === 'same') throw taken();
    if (made === 'too many')
      throw invalid([{ pointer: '/name', message: `is one too many (maximum is ${mostRules})` }]);
    return made;
  }

  /** Gives a rule another pattern. Throws `forbidden`, `not_found`, `validation_failed`, and `conflict`. */
  async change(
    principal: Principal,
    project: Project,
    environment: Environment,
    { id, pattern }: Pick<RefRule, 'id' | 'pattern'>,
  ): Promise<RefRule> {
    requireMaintainer(principal, project);
    refusePattern(pattern);
    const rule = { ...(await this.get(environment, id)), pattern };
    const { kind } = rule;
    const audit = this.#entry(principal, environment, 'environment_ref_rule_changed', { pattern, kind });
    if (!(await this.#store.change(environment.id, rule, audit))) throw taken();
    return rule;
  }

  /** Throws `forbidden` and `not_found`. */
  async remove(principal: Principal, project: Project, environment: Environment, id: number): Promise<void> {
    requireMaintainer(principal, project);
    const { pattern, kind } = await this.get(environment, id);
    const audit = this.#entry(principal, environment, 'environment_ref_rule_removed', { pattern, kind });
    await this.#store.remove(environment.id, id, audit);
  }

  #entry(
    author: Principal,
    { projectId, name }: Environment,
    action: AuditEntry['action'],
    details: { readonly pattern?: string; readonly kind?: RefKind },
  ): AuditEntry {
    return { at: this.#clock(), author, projectId, groupId: null, action, details: { environment: name, ...details } };
  }
}

function refusePattern(pattern: string): void {
  if (pattern.trim() === '') throw invalid([{ pointer: '/name', message: "can't be blank" }]);
  if ([...pattern].length > longestPattern) {
    throw invalid([{ pointer: '/name', message: `is too long (maximum is ${longestPattern} characters)` }]);
  }
}

function taken(): ShiplogFault {
  return new ShiplogFault('conflict', 'There is a rule for this pattern already.');
}
