import { accessLevels } from '../../../contract/access-levels.ts';
import type { GateDecision } from '../../../contract/gates.ts';
import { guessTier } from '../../../contract/tiers.ts';
import type { Clock } from '../../clock.ts';
import { levelOn, type Principal } from '../../principal.ts';
import type { EnvironmentService } from '../environments/environment-service.ts';
import type { Project } from '../projects/project-types.ts';
import type { AccessEntry, EntryNames } from '../protected-environments/protection-types.ts';
import type { Gate, GateService } from './gate-service.ts';

/** What a deployment that begins now would meet. */
export interface GateAnswer extends Gate {
  readonly decision: GateDecision;
  /** Whether who asks may deploy although the project is frozen. */
  readonly mayOverrideFreeze: boolean;
}

/** Answers "may I deploy there now?" without a deployment. */
export class GateQuestionService {
  readonly #gates: GateService;
  readonly #environments: EnvironmentService;
  readonly #reviewers: EntryNames;
  readonly #clock: Clock;

  constructor(gates: GateService, environments: EnvironmentService, reviewers: EntryNames, clock: Clock) {
    this.#gates = gates;
    this.#environments = environments;
    this.#reviewers = reviewers;
    this.#clock = clock;
  }

  /**
   * Also for an environment that nothing was deployed to yet: its tier is guessed, as a first deployment guesses it. Who
   * approves is named to developers, as far as they may know of them; whoever only reads learns how many it takes.
   */
  async ask(principal: Principal, project: Project, name: string): Promise<GateAnswer> {
    const tier = (await this.#environments.find(project, name))?.tier ?? guessTier(name);
    const gate = await this.#gates.gateFor(principal, project, { name, tier }, this.#clock());
    const level = levelOn(principal, project);
    const mayDeploy = gate.mayDeploy && level >= accessLevels.developer;
    const { rules } = gate.approvals;
    const shown =
      level >= accessLevels.developer
        ? await this.#reviewers.shownTo(principal, level >= accessLevels.maintainer, rules)
        : nameless;
    return {
      ...gate,
      approvals: { ...gate.approvals, rules: rules.map(shown) },
      mayDeploy,
      decision: decisionOf({ ...gate, mayDeploy }),
      mayOverrideFreeze: this.#gates.mayOverrideFreeze(principal, project),
    };
  }
}

function nameless(rule: AccessEntry): AccessEntry {
  return { ...rule, username: null, groupPath: null, accessLevel: null, name: null };
}

function decisionOf({ mayDeploy, frozen, approvals }: Gate): GateDecision {
  if (!mayDeploy || frozen) return 'prevented';
  return approvals.required > 0 ? 'awaiting' : 'allowed';
}
