export const refKinds = ['branch', 'tag'] as const;
export type RefKind = (typeof refKinds)[number];

/** A pattern of the branches or tags that may be deployed to an environment that limits its refs. */
export interface RefRule {
  readonly id: number;
  readonly pattern: string;
  readonly kind: RefKind;
}
