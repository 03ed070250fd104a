import { Compile } from 'typebox/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { createApp } from '../../app.ts';

interface Operation {
  readonly summary?: string;
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}
type Content = Readonly<Record<string, { readonly schema: object }>>;
interface Description {
  readonly openapi: string;
  readonly info: object;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, object>> };
}

describe.each(databases.slice(0, 1))('the OpenAPI description', ({ name }) => {
  let server: TestServer;
  let description: Description;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
    description = (await ask<Description>(server, 'GET /openapi.json', { token: null })).body;
  });
  afterAll(() => server.stop());

  const operations = () =>
    Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
    );

  test('is of version 3.1 and has what a tool needs to read it', () => {
    expect(description.openapi).toMatch(/^3\.1\.\d$/);
    expect(description.info).toMatchObject({ title: 'Shiplog', version: expect.any(String) });
    for (const {
      name: operation,
      operation: { summary, responses },
    } of operations()) {
      expect([operation, summary]).toEqual([operation, expect.stringMatching(/\w/)]);
      expect([operation, Object.values(responses).every(({ description: text }) => typeof text === 'string')]).toEqual([
        operation,
        true,
      ]);
    }
  });

  test('has every route that is not hidden, and no other', async () => {
    const app = await createApp(server.config, server.context, '');
    await app.ready();
    const routes = app.declaredRoutes
      .filter(({ schema, method }) => !(schema && 'hide' in schema && schema.hide) && method !== 'HEAD')
      .map(({ method, url }) => `${String(method)} ${url.replaceAll(/:(\w+)/g, '{$1}')}`);
    expect(
      operations()
        .map((operation) => operation.name)
        .sort(),
    ).toEqual(routes.sort());
    await app.close();
  });

  test('names each part of a path as a parameter', () => {
    for (const {
      name: operation,
      operation: { parameters = [] },
    } of operations()) {
      const parts = [...operation.matchAll(/\{(\w+)\}/g)].map(([, part]) => part);
      const named = parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name);
      expect([operation, named]).toEqual([operation, parts]);
    }
  });

  test('refers only to what it holds', () => {
    const references = [...JSON.stringify(description).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, reference = '']) => reference,
    );
    for (const reference of new Set(references)) {
      const found = reference
        .replace('#/', '')
        .split('/')
        .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], description);
      expect([reference, typeof found]).toEqual([reference, 'object']);
    }
  });

  test('has schemas that take what the server takes and answers, and nothing else', async () => {
    const schemaAt = (path: string, method: string, rest: string) => {
      const type = rest === 'responses/4XX' ? 'application~1problem+json' : 'application~1json';
      const reference = `#/paths/${path.replaceAll('/', '~1')}/${method}/${rest}/content/${type}/schema`;
      return Compile({ ...description, $ref: reference });
    };
    const sent = report();
    const takes = schemaAt('/api/deployments', 'post', 'requestBody');
    expect([takes.Check(sent), takes.Check({ ...sent, extra: 1 }), takes.Check({ ...sent, status: 'done' })]).toEqual([
      true,
      false,
      false,
    ]);
    const event = await server.client.record(sent);
    const batch = await server.client.recordBatch([report()]);
    const refusal = await ask(server, 'POST /api/deployments', { body: {} });
    const answers = [
      ['/api/deployments', 'post', 'responses/201', event],
      ['/api/deployments/batch', 'post', 'responses/201', batch],
      ['/api/deployments', 'get', 'responses/200', await server.client.deployments()],
      ['/api/deployments/{id}', 'get', 'responses/200', event],
      ['/api/matrix', 'get', 'responses/200', await server.client.matrix()],
      ['/api/services', 'get', 'responses/200', await server.client.services()],
      ['/api/changes', 'get', 'responses/200', await server.client.changes()],
      ['/api/changes/waiting', 'get', 'responses/200', await server.client.waitingChanges()],
      ['/api/where', 'get', 'responses/200', await server.client.where(sent.version ?? '')],
      ['/api/behind', 'get', 'responses/200', await server.client.behind()],
      ['/api/tokens', 'post', 'responses/201', await server.client.createToken({ name: 'described', scopes: ['api'] })],
      ['/api/session', 'get', 'responses/200', await server.client.session()],
      ['/api/deployments', 'post', 'responses/4XX', refusal.body],
    ] as const;
    for (const [path, method, rest, answer] of answers) {
      const schema = schemaAt(path, method, rest);
      expect([path, method, schema.Errors(answer)[1]]).toEqual([path, method, []]);
      expect([path, method, schema.Check({ unheard: 'of' })]).toEqual([path, method, false]);
    }
  });
});
