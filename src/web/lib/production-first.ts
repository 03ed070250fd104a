import { type Tier, tiers } from '../../contract/tiers.ts';

const order: readonly Tier[] = [...tiers.filter((tier) => tier !== 'other').reverse(), 'other'];

/** Orders environments by how much a fault there matters: production first, then by name. Lists have the matrix's order. */
export function productionFirst(
  a: { readonly name: string; readonly tier: Tier },
  b: { readonly name: string; readonly tier: Tier },
): number {
  return order.indexOf(a.tier) - order.indexOf(b.tier) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
