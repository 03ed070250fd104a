import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import Ajv2020 from 'ajv/dist/2020.js';
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
    for (const { name: operation, operation: { summary, responses } } of operations()) {
      expect([operation, summary]).toEqual([operation, expect.stringMatching(/\w/)]);
      expect([operation, Object.values(responses).every(({ description: text }) => typeof text === 'string')]).toEqual([operation, true]);
    }
  });

  test('has every route that is not hidden, and no other', async () => {
    const app = await createApp(server.config, server.context, '');
    await app.ready();
    const routes = app.declaredRoutes
      .filter(({ schema, method }) => !(schema && 'hide' in schema && schema.hide) && method !== 'HEAD')
      .map(({ method, url }) => `${String(method)} ${url.replaceAll(/:(\w+)/g, '{$1}')}`);
    expect(operations().map((operation) => operation.name).sort()).toEqual(routes.sort());
    await app.close();
  });

  test('names each part of a path as a parameter', () => {
    for (const { name: operation, operation: { parameters = [] } } of operations()) {
      const parts = [...operation.matchAll(/\{(\w+)\}/g)].map(([, part]) => part);
      const named = parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name);
      expect([operation, named]).toEqual([operation, parts]);
    }
  });

  test('refers only to what it holds', () => {
    const references = [...JSON.stringify(description).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = '']) => reference);
    for (const reference of new Set(references)) {
      const found = reference.replace('#/', '').split('/').reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], description);
      expect([reference, typeof found]).toEqual([reference, 'object']);
    }
  });

  test('has schemas that are valid JSON Schema 2020-12 and take what the server takes and answers', async () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema(description, 'openapi');
    const pointer = (path: string, method: string, rest: string) => {
      const escaped = encodeURIComponent(path.replaceAll('/', '~1'));
      return ajv.compile({ $ref: `openapi#/paths/${escaped}/${method}/${rest}` });
    };
    const json = 'content/application~1json/schema';
    for (const [path, methods] of Object.entries(description.paths)) {
      for (const [method, { requestBody, responses }] of Object.entries(methods)) {
        if (requestBody) pointer(path, method, `requestBody/${json}`);
        for (const [status, { content }] of Object.entries(responses)) {
          if (content?.['application/json']) pointer(path, method, `responses/${status}/${json}`);
        }
      }
    }
    const sent = report();
    const takes = pointer('/api/deployments', 'post', `requestBody/${json}`);
    expect([takes(sent), takes({ ...sent, extra: 1 }), takes({ ...sent, status: 'done' })]).toEqual([true, false, false]);
    const event = await server.client.record(sent);
    expect(pointer('/api/deployments', 'post', `responses/201/${json}`)(event)).toBe(true);
    expect(pointer('/api/deployments', 'get', `responses/200/${json}`)(await server.client.deployments())).toBe(true);
    expect(pointer('/api/matrix', 'get', `responses/200/${json}`)(await server.client.matrix())).toBe(true);
    const refusal = await ask(server, 'POST /api/deployments', { body: {} });
    expect(pointer('/api/deployments', 'post', `responses/4XX/${json}`)(refusal.body)).toBe(true);
  });
});
