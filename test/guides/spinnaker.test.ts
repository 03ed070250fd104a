import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ask } from '../support/ask.ts';
import { databases } from '../support/databases.ts';
import { type Received, type Receiver, startReceiver } from '../support/receiver.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { follow } from './follow.ts';
import { fenceWith, guide } from './read-guide.ts';

const sha = 'a91957a858320c0e17f3a0eca7cfacbff50ea29a';
const at = '/repos/shop/checkout/deployments';
const execution = 'https://deck.example.com/#/applications/checkout/executions/details/01HX';
const succeeded = "#stage('Deploy')['status'].toString() == 'SUCCEEDED' ? 'success' : 'failure'";

interface PreconfiguredStage {
  readonly type: string;
  readonly method: string;
  readonly url: string;
  readonly customHeaders: Readonly<Record<string, readonly string[]>>;
  readonly payload: string;
  readonly parameters: readonly { readonly name: string }[];
}

interface Stage {
  readonly refId: string;
  readonly type: string;
  readonly parameterValues: Readonly<Record<string, string>>;
}

const [preconfigured]: PreconfiguredStage[] = parse(fenceWith('spinnaker', 'yaml', 'preconfigured')).webhook
  .preconfigured;
const pipeline: {
  readonly triggers: readonly {
    readonly source: string;
    readonly payloadConstraints: Readonly<Record<string, string>>;
  }[];
  readonly stages: readonly Stage[];
} = JSON.parse(fenceWith('spinnaker', 'json', 'payloadConstraints'));

/** The value at a path such as `deployment.environment`. */
function valueAt(json: unknown, path: string): unknown {
  let found = json;
  for (const name of path.split('.')) found = (found as Record<string, unknown> | undefined)?.[name]; // walked by name
  return found;
}

/** Orca's `${…}`, as far as the guide needs it: each expression is known by its text. */
function evaluate(text: string, values: Readonly<Record<string, unknown>>): string {
  return text.replace(/\$\{(.*?)\}/g, (_, expression: string) => {
    const value = values[expression];
    if (value === undefined) throw new Error(`Orca knows no ${expression}.`);
    return String(value);
  });
}

describe.each(databases)('the guide to Spinnaker on $name', ({ name }) => {
  let server: TestServer;
  let gate: Receiver;
  let token: string;
  beforeAll(async () => {
    server = await startTestServer({ database: name, webhookAllowedHosts: ['127.0.0.1'] });
    gate = await startReceiver();
    await follow('spinnaker', server, { HOOK_URL: `${gate.url}/webhooks/webhook/shiplog` }, async (_, printed) => {
      token = printed;
    });
    expect(token).toMatch(/^slg_\w+$/);
  });
  afterAll(async () => {
    await gate[Symbol.asyncDispose]();
    await server.stop();
  });

  /** What Echo starts the pipeline with. */
  const triggers = () =>
    gate.received.filter(({ path, json }) =>
      pipeline.triggers.some(
        ({ source, payloadConstraints }) =>
          path.endsWith(`/webhooks/webhook/${source}`) &&
          Object.entries(payloadConstraints).every(([where, wanted]) => valueAt(json, where) === wanted),
      ),
    );

  /** What Orca sends for a stage. */
  function requestOf(refId: string, { json }: Received, outcome = 'success') {
    const stage = pipeline.stages.find((candidate) => candidate.refId === refId);
    if (!stage || stage.type !== preconfigured?.type) throw new Error(`Stage ${refId} is not the preconfigured one.`);
    const id = valueAt(json, 'deployment.id');
    const parameters = Object.entries(stage.parameterValues).map(([parameter, value]) => [
      `parameterValues['${parameter}']`,
      evaluate(value, { "trigger['payload']['deployment']['id']": id, [succeeded]: outcome }),
    ]);
    expect(Object.keys(stage.parameterValues).sort()).toEqual(
      preconfigured.parameters.map(({ name: of }) => of).sort(),
    );
    const values = { ...Object.fromEntries(parameters), 'execution.application': 'checkout', 'execution.id': '01HX' };
    const headers = Object.entries(preconfigured.customHeaders).map(([header, [value = '']]) => [
      header,
      value.replace('SHIPLOG_TOKEN', token),
    ]);
    return {
      url: evaluate(preconfigured.url, values).replace('https://shiplog.example.com', server.url),
      method: preconfigured.method,
      headers: { accept: 'text/plain, application/json, application/*+json, */*', ...Object.fromEntries(headers) },
      body: evaluate(preconfigured.payload, values),
    };
  }
  const send = ({ url, ...request }: ReturnType<typeof requestOf>) => fetch(url, request);
  const triggered = async (count: number) => {
    await expect.poll(() => triggers().length).toBe(count);
    const event = triggers().at(-1);
    if (!event) throw new Error('The event was just seen.');
    return event;
  };

  test('the event starts the pipeline, whose stages tell how it goes', async () => {
    const event = await triggered(1);
    expect(valueAt(event.json, 'deployment.sha')).toBe(sha);
    for (const refId of ['1', '3']) {
      const answer = await send(requestOf(refId, event));
      expect(answer.status, await answer.text()).toBe(201);
    }
    const statuses = `${at}/${valueAt(event.json, 'deployment.id')}/statuses` as const;
    expect((await ask<object[]>(server, `GET ${statuses}`)).body).toMatchObject([
      { state: 'success', description: 'Spinnaker has deployed', log_url: execution },
      { state: 'in_progress', description: 'Spinnaker deploys', log_url: execution },
    ]);
    const slot = (await server.client.matrix()).rows[0]?.slots['production'];
    expect(slot?.current).toMatchObject({ namespace: 'shop', service: 'checkout', sha, status: 'success' });
  });

  test('a status that Orca sends twice does no harm, and can be polled by its location', async () => {
    const started = triggers().length;
    const body = { ref: 'main', sha, environment: 'production' };
    expect((await ask(server, `POST ${at}`, { body })).status).toBe(201);
    const event = await triggered(started + 1);
    const request = requestOf('3', event, 'failure');
    for (const answer of [await send(request), await send(request)]) {
      expect(answer.status).toBe(201);
      const location = answer.headers.get('location') ?? '';
      const polled = await fetch(location, { headers: request.headers });
      expect(polled.status).toBe(200);
      expect(await polled.json()).toMatchObject({ state: 'failure' });
    }
    const slot = (await server.client.matrix()).rows[0]?.slots['production'];
    expect(slot?.current).toMatchObject({ sha, status: 'failure' });
  });

  test('what is asked for another environment starts nothing, and what goes wrong is answered as the guide says', async () => {
    const started = triggers().length;
    const [event] = triggers();
    if (!event) throw new Error('A pipeline has started before.');
    const heard = gate.received.length;
    expect((await ask(server, `POST ${at}`, { body: { ref: 'main', sha, environment: 'staging' } })).status).toBe(201);
    await expect.poll(() => gate.received.length).toBe(heard + 1);
    expect(triggers()).toHaveLength(started);

    const request = requestOf('3', event);
    const wrong = [
      { ...request, headers: { ...request.headers, Authorization: 'token wrong' } },
      { ...request, url: request.url.replace('checkout', 'elsewhere') },
      { ...request, body: request.body.replace('success', 'done') },
    ];
    const answers: string[] = [];
    for (const each of wrong) {
      const answer = await send(each);
      const { message } = (await answer.json()) as { message: string }; // of every refusal
      answers.push(`${answer.status} \`${message}\``);
    }
    const told = [...guide('spinnaker').matchAll(/^\| (\d+ `.*?`) \|/gm)].map(([, text]) => text);
    expect(answers).toEqual(told);
  });
});
