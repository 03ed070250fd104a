import { type FlatSearch, stringifyFlatSearch } from '../../lib/flat-search.ts';
import { formatSlotAddress, type SlotAddress } from '../../lib/slot-address.ts';

/** Addresses on this page: a result is a link, so that it opens in a tab of its own as well. */
export function pageLink(path: string, search: FlatSearch = {}): string {
  return path + stringifyFlatSearch(search);
}

/** `rest` is what follows, such as `/settings/hooks`. */
export function projectLink(project: string, rest = ''): string {
  return `/projects/${encodeURIComponent(project)}${rest}`;
}

export function changeLink(project: string, number: number): string {
  return `/changes/${encodeURIComponent(project)}/${number}`;
}

export function deploymentLink(number: number): string {
  return `/deployments/${number}`;
}

/** The matrix with the slot's history over it, at one deployment of it if that is given. */
export function slotLink(address: SlotAddress, deployment?: number): string {
  const at = deployment === undefined ? undefined : String(deployment);
  return pageLink('/', { slot: formatSlotAddress(address), deployment: at });
}
