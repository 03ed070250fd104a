import type { Status } from '../../../contract/statuses.ts';
import type { ReadPlace } from '../../log/places.ts';
import type { AccessEntry } from '../protected-environments/protection-types.ts';

/** What of a deployment matters to approvals. */
export interface ApprovableDeployment {
  readonly state: {
    readonly id: number;
    /** Who began it; null: nobody that has an account. */
    readonly userId: number | null;
    readonly latest: { readonly status: Status };
    /** How many different reports were told of it. */
    readonly eventCount: number;
  };
  readonly place: ReadPlace;
}

export interface ApprovalUser {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly state: string;
}

export type DecisionStatus = 'approved' | 'rejected';

/** What one user decided, for one rule or, where there are none, at all. */
export interface Approval {
  readonly id: number;
  readonly user: ApprovalUser;
  readonly ruleId: number | null;
  readonly status: DecisionStatus;
  readonly comment: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Decision {
  readonly status: DecisionStatus;
  readonly comment: string | null;
  /** Part of the name of the user, group or access level on whose behalf it is; absent: the first that fits. */
  readonly representedAs: string | undefined;
}

export interface RuleStatus {
  readonly rule: AccessEntry;
  readonly approvals: readonly Approval[];
  /** How many approvals it still needs. */
  readonly pending: number;
  readonly status: SummaryStatus;
}

export type SummaryStatus = DecisionStatus | 'pending_approval';

export interface ApprovalSummary {
  /** How many approvals the deployment waits for; 0 where it does not wait. */
  readonly pending: number;
  readonly required: number;
  /** undefined: no approvals are needed. */
  readonly status: SummaryStatus | undefined;
  readonly approvals: readonly Approval[];
  readonly rules: readonly RuleStatus[];
}
