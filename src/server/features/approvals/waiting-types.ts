import type { DeploymentState } from '../../log/fold-deployment.ts';
import type { ApprovableDeployment, ApprovalUser } from './approval-types.ts';

/** A deployment with all that people want to know before they decide about it. */
export interface WaitingDeployment extends ApprovableDeployment {
  readonly state: DeploymentState;
  readonly user: ApprovalUser | null;
  readonly allowSelfApproval: boolean;
}

export interface WaitingSlice {
  readonly items: readonly WaitingDeployment[];
  /** Where the next slice begins; undefined: there is none. */
  readonly next: number | undefined;
}
