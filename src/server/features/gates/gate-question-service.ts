import { accessLevels } from '../../../contract/access-levels.ts';
import type { GateDecision } from '../../../contract/gates.ts';
import { guessTier } from '../../../contract/tiers.ts';
import type { Clock } from '../../clock.ts';
import { levelOn, type Principal } from '../../principal.ts';
import type { EnvironmentService } from '../environments/environment-service.ts';
import type { Project } from '../projects/project-types.ts';
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
  readonly #clock: Clock;

  constructor(gates: GateService, environments: EnvironmentService, clock: Clock) {
    this.#gates = gates;
    this.#environments = environments;
    this.#clock = clock;
  }

  /** Also for an environment that nothing was deployed to yet: its tier is guessed, as a first deployment guesses it. */
  async ask(principal: Principal, project: Project, name: string): Promise<GateAnswer> {
    const tier = (await this.#environments.find(project, name))?.tier ?? guessTier(name);
    const gate = await this.#gates.gateFor(principal, project, { name, tier }, this.#clock());
    const mayDeploy = gate.mayDeploy && levelOn(principal, project) >= accessLevels.developer;
    return {
      ...gate,
      mayDeploy,
      decision: decisionOf({ ...gate, mayDeploy }),
      mayOverrideFreeze: this.#gates.mayOverrideFreeze(principal, project),
    };
  }
}

function decisionOf({ mayDeploy, frozen, approvals }: Gate): GateDecision {
  if (!mayDeploy || frozen) return 'prevented';
  return approvals.required > 0 ? 'awaiting' : 'allowed';
}
