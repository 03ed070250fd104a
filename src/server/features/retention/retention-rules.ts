import type { ChangeableKind } from '../../../contract/retention.ts';

export interface DaysRule {
  readonly default: number;
  readonly least: number;
  readonly most: number;
}

const tenYears = 3650;

/** How long each kind is kept where nobody has said anything else, and between what somebody may choose. */
export const daysRules: Readonly<Record<ChangeableKind, DaysRule>> = {
  // Failed deliveries are tried again for three days, and keep their places in line meanwhile.
  webhook_deliveries: { default: 30, least: 7, most: tenYears },
  incoming_recorded: { default: 30, least: 1, most: tenYears },
  // What failed or was not understood may still be of use.
  incoming_other: { default: 90, least: 1, most: tenYears },
};
