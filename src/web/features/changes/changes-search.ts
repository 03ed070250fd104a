import type { Change, ChangeQuery, WaitingQuery } from '../../../contract/changes.ts';
import { dayOf, momentOf } from '../../lib/calendar-day.ts';
import { type FlatSearch, textOf } from '../../lib/flat-search.ts';
import type { DaySpan } from '../../ui/pick-dates.tsx';
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
    deployed: { from: dayOf(textOf(search, 'from')), to: dayOf(textOf(search, 'to')) },
  };
}

export const noChangesFilters: FlatSearch = {
  q: undefined,
  project: undefined,
  environment: undefined,
  state: undefined,
  author: undefined,
  from: undefined,
  to: undefined,
};

/** What the server is asked for the list. */
export function changesQueryOf({ q, project, environment, state, author, deployed }: ChangesSearch): ChangeQuery {
  const { from, to } = deployed;
  return {
    ...(q.trim() === '' ? {} : { search: q.trim() }),
    ...(project === undefined ? {} : { project }),
    ...(environment === undefined ? {} : { environment }),
    ...(state === undefined ? {} : { state }),
    ...(author === undefined ? {} : { author }),
    // The server takes what came after the one moment and before the other.
    ...(from === undefined ? {} : { deployed_after: momentOf(from, 0, -1) }),
    ...(to === undefined ? {} : { deployed_before: momentOf(to, 1, 0) }),
  };
}

export function waitingQueryOf({ project, environment }: ChangesSearch): WaitingQuery {
  return {
    ...(project === undefined ? {} : { project }),
    ...(environment === undefined ? {} : { to: environment }),
  };
}

/** Whether the shown list leaves something out. */
export function isChangesFiltered({ view, q, project, environment, state, author, deployed }: ChangesSearch): boolean {
  const shared = project !== undefined || environment !== undefined;
  if (view === 'waiting') return shared;
  const { from, to } = deployed;
  return shared || q !== '' || [state, author, from, to].some((value) => value !== undefined);
}
