import { Type } from 'typebox';
import { limits } from '../../../contract/limits.ts';
import { FetcherCursor, FetcherState } from '../../../contract/server-info.ts';
import { ShiplogFault } from '../../errors.ts';
import type { FetcherStateService } from '../../features/fetcher-states/fetcher-state-service.ts';
import { sendEmpty } from '../../http/empty-answer.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { timeText } from './event-view.ts';
import { problems } from './native-api.ts';

const Adapter = Type.Object({ adapter: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' }) });

export function registerFetcherRoutes(app: TypedApp, states: FetcherStateService): void {
  app.get('/api/fetcher/state/:adapter', {
    config: { access: 'record-all' },
    schema: {
      summary: 'Where a poller left off',
      tags: ['fetchers'],
      params: Adapter,
      response: { 200: FetcherState, ...problems },
    },
    handler: async ({ params }) => {
      const { adapter, cursor, updatedAt } = await states.get(params.adapter);
      return { adapter, cursor, updated_at: timeText(updatedAt) };
    },
  });

  app.put('/api/fetcher/state/:adapter', {
    config: { access: 'record-all', limited: true },
    schema: {
      summary: 'Keep where a poller left off',
      tags: ['fetchers'],
      params: Adapter,
      body: FetcherCursor,
      response: { 204: Type.Null(), ...problems },
    },
    // The contract calls a cursor that is too long a body that is too large.
    preValidation: async ({ body }) => {
      const cursor = typeof body === 'object' && body !== null && 'cursor' in body ? body.cursor : undefined;
      if (typeof cursor === 'string' && cursor.length > limits.fetcherCursor) {
        const fields = [{ pointer: '/cursor', message: `must be at most ${limits.fetcherCursor} characters` }];
        throw new ShiplogFault('body_too_large', 'The cursor is too long.', { fields });
      }
    },
    handler: async ({ params, body }, reply) => {
      await states.put(params.adapter, body.cursor);
      return sendEmpty(reply, 204);
    },
  });
}
