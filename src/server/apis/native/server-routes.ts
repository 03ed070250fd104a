import { Health, Readiness, Version } from '../../../contract/server-info.ts';
import { databaseUnavailable } from '../../errors.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import type { Metrics } from '../../metrics.ts';
import { version } from '../../version.ts';
import { problems } from './native-api.ts';

/** What the server says of itself, to people, load balancers and Prometheus. `ready` throws where nothing can be stored. */
const readyForMs = 1000;

/** Anyone may ask, and each question is a write: those of one second share an answer that was good. */
function shared(ready: () => Promise<void>): () => Promise<void> {
  let answer: { readonly until: number; readonly given: Promise<void> } | undefined;
  return () => {
    const now = performance.now();
    if (answer && answer.until >= now) return answer.given;
    const given = ready();
    answer = { until: now + readyForMs, given };
    given.catch(() => {
      answer = undefined;
    });
    return given;
  };
}

export function registerServerRoutes(app: TypedApp, ready: () => Promise<void>, metrics: Metrics): void {
  app.get('/api/version', {
    config: { access: 'public' },
    schema: { summary: 'Version of the server', tags: ['server'], response: { 200: Version, ...problems } },
    handler: async () => ({ version }),
  });

  app.get('/healthz', {
    config: { access: 'public' },
    schema: { summary: 'Whether the process lives', tags: ['server'], response: { 200: Health } },
    handler: async () => ({ status: 'ok' }),
  });

  const lately = shared(ready);
  app.get('/readyz', {
    config: { access: 'public' },
    schema: { summary: 'Whether requests can be served', tags: ['server'], response: { 200: Readiness, ...problems } },
    handler: async () => {
      try {
        await lately();
      } catch (error) {
        throw databaseUnavailable(error);
      }
      return { status: 'ready', checks: { database: 'ok' } };
    },
  });

  app.get('/metrics', {
    config: { access: 'public' },
    schema: { summary: 'Counters for Prometheus; they name no project', tags: ['server'] },
    handler: async (_, reply) => reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  });
}
