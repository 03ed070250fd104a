/** Environment tiers in the order in which a change usually travels; `other` sorts last. */
export const tiers = ['development', 'testing', 'staging', 'production', 'other'] as const;
export type Tier = (typeof tiers)[number];

/**
 * Guesses a tier from an environment's name: first match wins, anywhere in the name, without regard to case.
 * Source: GitLab's documented tier guess (Environment#guess_tier), surprises included: "delivery" is production.
 */
export function guessTier(environmentName: string): Tier {
  const rules: readonly (readonly [RegExp, Tier])[] = [
    [/(dev|review|trunk)/i, 'development'],
    [/(test|tst|int|ac(ce|)pt|qa|qc|control|quality)/i, 'testing'],
    [/(st(a|)g|mod(e|)l|pre|demo|non)/i, 'staging'],
    [/(pr(o|)d|live)/i, 'production'],
  ];
  return rules.find(([pattern]) => pattern.test(environmentName))?.[1] ?? 'other';
}

/** Orders environments by tier, then by name: the column order of the matrix. */
export function compareEnvironments(
  a: { readonly name: string; readonly tier: Tier },
  b: { readonly name: string; readonly tier: Tier },
): number {
  return tiers.indexOf(a.tier) - tiers.indexOf(b.tier) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
