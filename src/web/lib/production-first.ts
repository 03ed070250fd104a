import { type Tier, tiers } from '../../contract/tiers.ts';

const order: readonly Tier[] = [...tiers.filter((tier) => tier !== 'other').reverse(), 'other'];

/** Orders environments as people who ask what is broken look at them: production first, then by name. */
export function productionFirst(
  a: { readonly name: string; readonly tier: Tier },
  b: { readonly name: string; readonly tier: Tier },
): number {
  return order.indexOf(a.tier) - order.indexOf(b.tier) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
