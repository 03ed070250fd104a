import { Type } from 'typebox';
import {
  ChangeDetails,
  ChangeDetailsQuery,
  ChangePage,
  ChangeQuery,
  WaitingPage,
  WaitingQuery,
} from '../../../contract/changes.ts';
import { limits } from '../../../contract/limits.ts';
import { projectPath } from '../../../contract/project-path.ts';
import type { ChangeQueryService, ListCursor } from '../../features/changes/change-query-service.ts';
import type { LadderService } from '../../features/changes/ladder-service.ts';
import type { WaitingCursor, WaitingService } from '../../features/changes/waiting-service.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { changeDetailsView, changeView, standingView, waitingView } from './change-view.ts';
import { cursorNumbers, cursorText } from './list-cursor.ts';
import { problems } from './native-api.ts';

const ChangeParams = Type.Object({ number: Type.String({ pattern: '^[0-9]{1,15}$' }) });

export function registerChangeRoutes(
  app: TypedApp,
  changes: ChangeQueryService,
  ladders: LadderService,
  waiting: WaitingService,
): void {
  app.get('/api/changes', {
    config: { access: 'read' },
    schema: {
      summary: 'Merge and pull requests with the environments they are in, the latest updated first',
      tags: ['changes'],
      querystring: ChangeQuery,
      response: { 200: ChangePage, ...problems },
    },
    handler: async ({ query, principal }) => {
      const { deployed_after: after, deployed_before: before, limit, cursor } = query;
      const { items, next, standing } = await changes.list(
        principal,
        {
          project: query.project,
          environment: query.environment,
          deployedAfter: after === undefined ? undefined : Date.parse(after),
          deployedBefore: before === undefined ? undefined : Date.parse(before),
          notIn: query.not_in,
          state: query.state,
          author: query.author,
          search: query.search,
        },
        Number(limit ?? limits.defaultPage),
        cursor === undefined ? undefined : changeCursor(cursor),
      );
      return {
        items: items.map(changeView),
        next_cursor: next ? cursorText(next.value, next.id) : null,
        repository: standingView(standing),
      };
    },
  });

  app.get('/api/changes/waiting', {
    config: { access: 'read' },
    schema: {
      summary: 'What is live in one environment and not in the next, the longest wait first',
      tags: ['changes'],
      querystring: WaitingQuery,
      response: { 200: WaitingPage, ...problems },
    },
    handler: async ({ query, principal }) => {
      const { project, from, to, search, limit, cursor } = query;
      const { items, next, total, unknown, standing } = await waiting.page(
        principal,
        { project, from, to, search },
        Number(limit ?? limits.defaultPage),
        cursor === undefined ? undefined : waitingCursor(cursor),
      );
      return {
        items: items.map(waitingView),
        next_cursor: next ? cursorText(next.since, next.changeId, next.environmentId) : null,
        total,
        unknown: unknown.map(({ project: of, environment }) => ({
          project: projectPath(of),
          environment: environment.name,
        })),
        repository: standingView(standing),
      };
    },
  });

  app.get('/api/changes/:number', {
    config: { access: 'read' },
    schema: {
      summary: 'One change, and how far it has come',
      tags: ['changes'],
      params: ChangeParams,
      querystring: ChangeDetailsQuery,
      response: { 200: ChangeDetails, ...problems },
    },
    handler: async ({ params, query, principal }) =>
      changeDetailsView(await ladders.of(principal, query.project, Number(params.number))),
  });
}

function changeCursor(text: string): ListCursor {
  const [value, id] = cursorNumbers(text, 2);
  return { value, id };
}

function waitingCursor(text: string): WaitingCursor {
  const [since, changeId, environmentId] = cursorNumbers(text, 3);
  return { since, changeId, environmentId };
}
