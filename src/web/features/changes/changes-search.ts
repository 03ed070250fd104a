import type { Change, ChangeQuery, WaitingQuery } from '../../../contract/changes.ts';
import { anyTime, beginOf, type DaySpan, endOf, isAnyTime, parseDaySpan } from '../../lib/day-span.ts';
import { type FlatSearch, textOf } from '../../lib/flat-search.ts';
import { changeStates } from './state-look.ts';

/** All that the page of changes can be asked by its URL. */
export interface ChangesSearch {
  readonly view: 'all' | 'waiting';
  readonly q: string;
  readonly project: string | undefined;
  /** Of waiting changes: where they are not live yet. */
  readonly environment: string | undefined;
  readonly state: Change['state'] | undefined;
  readonly author: string | undefined;
  readonly deployed: DaySpan;
}

export function parseChangesSearch(search: FlatSearch): ChangesSearch {
  const state = textOf(search, 'state');
  return {
    view: textOf(search, 'view') === 'waiting' ? 'waiting' : 'all',
    q: (textOf(search, 'q') ?? '').slice(0, 200),
    project: textOf(search, 'project'),
    environment: textOf(search, 'environment'),
    state: changeStates.find((word) => word === state),
    author: textOf(search, 'author'),
    deployed: parseDaySpan(search),
  };
}

export const noChangesFilters: FlatSearch = {
  q: undefined,
  project: undefined,
  environment: undefined,
  state: undefined,
  author: undefined,
  ...anyTime,
};

/** What the server is asked for the list. */
export function changesQueryOf({ q, project, environment, state, author, deployed }: ChangesSearch): ChangeQuery {
  // The server takes what came after the one moment and before the other.
  const [after, before] = [beginOf(deployed, -1), endOf(deployed, 0)];
  return {
    ...(q.trim() === '' ? {} : { search: q.trim() }),
    ...(project === undefined ? {} : { project }),
    ...(environment === undefined ? {} : { environment }),
    ...(state === undefined ? {} : { state }),
    ...(author === undefined ? {} : { author }),
    ...(after === undefined ? {} : { deployed_after: after }),
    ...(before === undefined ? {} : { deployed_before: before }),
  };
}

export function waitingQueryOf({ q, project, environment }: ChangesSearch): WaitingQuery {
  return {
    ...(q.trim() === '' ? {} : { search: q.trim() }),
    ...(project === undefined ? {} : { project }),
    ...(environment === undefined ? {} : { to: environment }),
  };
}

/** Whether the shown list leaves something out. */
export function isChangesFiltered({ view, q, project, environment, state, author, deployed }: ChangesSearch): boolean {
  const shared = q !== '' || project !== undefined || environment !== undefined;
  if (view === 'waiting') return shared;
  return shared || !isAnyTime(deployed) || [state, author].some((value) => value !== undefined);
}
