import { RetentionList, RetentionRequest } from '../../../contract/retention.ts';
import type { RetentionService } from '../../features/retention/retention-service.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { problems } from './native-api.ts';
import { retentionView } from './retention-view.ts';

const tags = ['retention'];

/** How long things are kept, for administrators. */
export function registerRetentionRoutes(app: TypedApp, retention: RetentionService): void {
  const list = async (): Promise<RetentionList> => ({ items: (await retention.list()).map(retentionView) });

  app.get('/api/retention', {
    config: { access: 'admin' },
    schema: {
      summary: 'What is kept, for how long, and how much of it there is',
      tags,
      response: { 200: RetentionList, ...problems },
    },
    handler: list,
  });

  app.patch('/api/retention', {
    config: { access: 'admin', limited: true },
    schema: {
      summary: 'Keep things longer or shorter',
      description: 'In days. What is older is gone within an hour. What is not named stays as it is.',
      tags,
      body: RetentionRequest,
      response: { 200: RetentionList, ...problems },
    },
    handler: async ({ body, principal }) => {
      await retention.change(principal, body);
      return list();
    },
  });
}
