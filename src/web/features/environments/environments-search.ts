import { environmentStates } from '../../../contract/environments.ts';
import { type FlatSearch, textOf } from '../../lib/flat-search.ts';

/** All that the list of environments can be asked by its URL. */
export interface EnvironmentsSearch {
  readonly q: string;
  readonly state: (typeof environmentStates)[number] | undefined;
}

export function parseEnvironmentsSearch(search: FlatSearch): EnvironmentsSearch {
  const state = textOf(search, 'state');
  return {
    q: (textOf(search, 'q') ?? '').slice(0, 200),
    state: environmentStates.find((word) => word === state),
  };
}

export const noEnvironmentsFilters: FlatSearch = { q: undefined, state: undefined };
