import { accessLevels } from '../../../contract/access-levels.ts';
import { invalid, ShiplogFault } from '../../errors.ts';
import type { Principal } from '../../principal.ts';
import { requireMaintainer } from '../../require-level.ts';
import type { Project } from '../projects/project-types.ts';
import type { ProtectionService } from '../protected-environments/protection-service.ts';
import type { AccessEntry, EntryChange, Protection } from '../protected-environments/protection-types.ts';
import type { EnvironmentService } from './environment-service.ts';
import type { Environment } from './environment-types.ts';
import type { KnownReviewers, Reviewers } from './known-reviewers.ts';
import type { RefPolicyService } from './ref-policy-service.ts';

/** Who may approve: one of the two. */
export type Reviewer = { readonly userId: number } | { readonly groupId: number };

/** undefined: stays as it is. */
export interface SetupChange {
  /** An approval by any one of them is needed; none of them: none is. */
  readonly reviewers?: readonly Reviewer[] | undefined;
  /** Whether a reviewer may approve what they started themselves. */
  readonly selfReview?: boolean | undefined;
  /** Whether only refs that ref rules name may be deployed there. */
  readonly refsLimited?: boolean | undefined;
}

/** An environment, and what holds deployments to it back: its own protection and those of the groups above. */
export interface EnvironmentSetup {
  readonly environment: Environment;
  readonly protections: readonly Protection[];
  /** Whom the protections name, as far as the caller may know of them. */
  readonly reviewers: Reviewers;
}

/** Environments with all that guards them, for tools that set up both as one thing. */
export class EnvironmentSetupService {
  readonly #environments: EnvironmentService;
  readonly #protections: ProtectionService;
  readonly #refs: RefPolicyService;
  readonly #reviewers: KnownReviewers;

  constructor(
    environments: EnvironmentService,
    protections: ProtectionService,
    refs: RefPolicyService,
    reviewers: KnownReviewers,
  ) {
    this.#environments = environments;
    this.#protections = protections;
    this.#refs = refs;
    this.#reviewers = reviewers;
  }

  /** Oldest first. */
  async list(
    principal: Principal,
    project: Project,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<{ items: EnvironmentSetup[]; total: number }> {
    const { items, total } = await this.#environments.list(project, {}, page);
    return { items: await Promise.all(items.map((each) => this.#setupOf(principal, project, each))), total };
  }

  /** Throws `not_found`. */
  async get(principal: Principal, project: Project, name: string): Promise<EnvironmentSetup> {
    return this.#setupOf(principal, project, await this.#environments.named(project, name));
  }

  /** Makes the environment where there is none. By maintainers. Throws `forbidden` and `validation_failed`. */
  async configure(
    principal: Principal,
    project: Project,
    name: string,
    { reviewers, selfReview, refsLimited }: SetupChange,
  ): Promise<EnvironmentSetup> {
    requireMaintainer(principal, project);
    const before = await this.#environments.find(project, name);
    if (!before) this.#environments.refuseName(name);
    // First what may be refused, so that nothing is made then. A protection needs no environment.
    if (reviewers !== undefined || selfReview !== undefined) {
      await ofReviewers(this.#review(principal, project, name, { reviewers, selfReview }));
    }
    const environment = before ?? (await this.#environments.create(principal, project, name, {}));
    if (refsLimited !== undefined) await this.#refs.limit(principal, project, environment, refsLimited);
    return this.get(principal, project, name);
  }

  /** Stops and deletes it, and its protection. By maintainers. Throws `forbidden` and `not_found`. */
  async remove(principal: Principal, project: Project, name: string): Promise<void> {
    requireMaintainer(principal, project);
    const { id } = await this.#environments.named(project, name);
    await this.#environments.stop(principal, project, id);
    await this.#environments.delete(principal, project, id);
    if (await this.#ownProtection(principal, project, name)) {
      await this.#protections.unprotect(principal, { kind: 'project', project }, name);
    }
  }

  async #review(
    principal: Principal,
    project: Project,
    name: string,
    { reviewers, selfReview }: Pick<SetupChange, 'reviewers' | 'selfReview'>,
  ): Promise<void> {
    const owner = { kind: 'project', project } as const;
    const before = await this.#ownProtection(principal, project, name);
    const wanted = reviewers ?? [];
    // Where nobody reviews, there would be nothing to keep it with.
    if (selfReview === false && wanted.length === 0 && (reviewers || !before)) throw needsReviewers();
    if (!before) {
      if (wanted.length === 0) return;
      await this.#protections.protect(principal, owner, name, {
        deployers: [{ accessLevel: accessLevels.developer }],
        approvalRules: wanted,
        anyRule: true,
        selfApproval: selfReview ?? true,
      });
      return;
    }
    if (reviewers?.length === 0 && before.anyRule) {
      await this.#protections.unprotect(principal, owner, name);
      return;
    }
    await this.#protections.update(principal, owner, name, {
      ...(reviewers === undefined ? {} : reviewing(before.approvalRules, reviewers)),
      selfApproval: selfReview,
    });
  }

  async #ownProtection(principal: Principal, project: Project, name: string): Promise<Protection | undefined> {
    try {
      return await this.#protections.get(principal, { kind: 'project', project }, name);
    } catch (error) {
      if (error instanceof ShiplogFault && error.code === 'not_found') return undefined;
      throw error;
    }
  }

  async #setupOf(principal: Principal, project: Project, environment: Environment): Promise<EnvironmentSetup> {
    const protections = await this.#protections.matching(project, environment);
    return { environment, protections, reviewers: await this.#reviewers.of(principal, project, protections) };
  }
}

/** What is wrong with rules that were made of reviewers is wrong with these. */
async function ofReviewers(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof ShiplogFault) || error.code !== 'validation_failed') throw error;
    const pointerOf = (pointer: string) => (pointer.startsWith('/approval_rules') ? '/reviewers' : pointer);
    throw invalid(
      error.fields.map(({ pointer, message }) => ({ pointer: pointerOf(pointer), message })),
      error,
    );
  }
}

function needsReviewers(): ShiplogFault {
  return invalid([{ pointer: '/prevent_self_review', message: 'needs reviewers' }]);
}

/** These and no others, any of whom suffices. Those who were reviewers keep their rules, to which approvals refer. */
function reviewing(before: readonly AccessEntry[], reviewers: readonly Reviewer[]) {
  const keyOf = (entry: { readonly userId?: number | null; readonly groupId?: number | null }) =>
    `${entry.userId ?? ''}/${entry.groupId ?? ''}`;
  const wanted = new Map(reviewers.map((reviewer) => [keyOf(reviewer), reviewer] as const));
  const kept = new Set(before.map(keyOf));
  const removed = before.filter((entry) => !wanted.has(keyOf(entry)) || entry.accessLevel !== null);
  const approvalRules: EntryChange[] = [
    ...removed.map(({ id }) => ({ id, remove: true })),
    ...before.filter((entry) => !removed.includes(entry)).map(({ id }) => ({ id, requiredApprovals: 1 })),
    ...[...wanted].filter(([key]) => !kept.has(key)).map(([, reviewer]) => reviewer),
  ];
  return { approvalRules, requiredApprovals: 0, anyRule: true };
}
