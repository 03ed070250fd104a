import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { join, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { DeploymentsClient } from '../../../client/deployments-client.ts';
import type { DeploymentLineage } from '../../../contract/lineage.ts';
import { rebuild } from '../../log/rebuild.ts';

describe.each(databases)('the lineage of deployments on $name', ({ name }) => {
  let server: TestServer;
  let deployments: DeploymentsClient;
  let services = 0;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
    deployments = new DeploymentsClient(server.client.requests);
  });
  afterAll(() => server.stop());

  /** A service of its own: what is deployed of it under which key, promoted from which. */
  function service(namespace = 'crew') {
    services += 1;
    const own = `promoted${services}`;
    const deploy = async (environment: string, key: string, parents: readonly string[] = [], status = 'success') => {
      const sent = report({ namespace, service: own, environment, deployment_id: key, status });
      const event = await server.client.record({ ...sent, parent_deployments: [...parents] });
      return event.deployment_number;
    };
    return { path: `${namespace}/${own}`, key: (word: string) => `${word}-${own}-${name}`, deploy };
  }
  const edgesOf = ({ edges }: Pick<DeploymentLineage, 'edges'>) => edges.map(({ from, to }) => `${from}>${to}`).sort();
  const numbersOf = ({ nodes }: Pick<DeploymentLineage, 'nodes'>) => nodes.map(({ deployment }) => deployment);

  test('goes from a deployment to all that it came from and all that came from it', async () => {
    const { path, key, deploy } = service();
    const dev = await deploy('dev', key('dev'));
    const qa = await deploy('qa', key('qa'), [key('dev')]);
    const [eu, us] = [
      await deploy('prod-eu', key('eu'), [key('qa')]),
      await deploy('prod-us', key('us'), [key('qa')], 'failure'),
    ];
    const lineage = await deployments.lineage(qa);
    expect(numbersOf(lineage)).toEqual([us, eu, qa, dev]);
    expect(edgesOf(lineage)).toEqual([`${dev}>${qa}`, `${qa}>${eu}`, `${qa}>${us}`].sort());
    expect(lineage).toMatchObject({ deployment: qa, unknown: [], more: false });
    expect(lineage.nodes[0]).toMatchObject({
      deployment: us,
      deployment_id: key('us'),
      project: path,
      environment: 'prod-us',
      tier: 'production',
      status: 'failure',
      live: false,
    });
    expect(lineage.nodes[1]).toMatchObject({ status: 'success', live: true });
    // A sibling is not of its line.
    expect(numbersOf(await deployments.lineage(eu))).toEqual([eu, qa, dev]);
  });

  test('names the parents that nothing is called', async () => {
    const { key, deploy } = service();
    const number = await deploy('production', key('p'), [key('lost')]);
    expect(await deployments.lineage(number)).toMatchObject({
      nodes: [{ deployment: number }],
      edges: [],
      unknown: [{ deployment: number, parent: key('lost') }],
    });
  });

  test('takes a key for one of the own project, and for one of another only where there is none', async () => {
    const [base, app] = [service(), service()];
    const shared = app.key('run');
    const foreign = await base.deploy('production', shared);
    const child = await app.deploy('production', app.key('p'), [shared]);
    expect(edgesOf(await deployments.lineage(child))).toEqual([`${foreign}>${child}`]);
    expect(edgesOf(await deployments.lineage(foreign))).toEqual([`${foreign}>${child}`]);
    const own = await app.deploy('staging', shared);
    expect(edgesOf(await deployments.lineage(child))).toEqual([`${own}>${child}`]);
    expect(edgesOf(await deployments.lineage(foreign))).toEqual([]);
  });

  test('does not guess which of several other projects a key means', async () => {
    const [one, two, app] = [service(), service(), service()];
    const run = app.key('41');
    const [base, other] = [await one.deploy('production', run), await two.deploy('production', run)];
    const child = await app.deploy('production', app.key('p'), [run]);
    expect(await deployments.lineage(child)).toMatchObject({
      nodes: [{ deployment: child }],
      edges: [],
      unknown: [{ deployment: child, parent: run }],
    });
    for (const each of [base, other]) expect(edgesOf(await deployments.lineage(each))).toEqual([]);
  });

  test('finds the parent elsewhere of a child that goes by the same key', async () => {
    const [base, app] = [service(), service()];
    const run = app.key('pipeline');
    const image = await base.deploy('production', run);
    const child = await app.deploy('production', run, [run]);
    expect(edgesOf(await deployments.lineage(child))).toEqual([`${image}>${child}`]);
    expect(edgesOf(await deployments.lineage(image))).toEqual([`${image}>${child}`]);
  });

  test('loses no children where all projects use the same keys, such as the numbers of runs', async () => {
    const [seven, eight, nine] = ['7', '8', '9'].map((run) => `${run}-of-${name}`) as [string, string, string]; // three
    const projects = Array.from({ length: 230 }, (_, index) => `numbered${index}-${name}`);
    const tellAll = async (environment: string, key: string, parents: string[]) => {
      const told = projects.map((service) => ({
        ...report({ namespace: 'fleet', service, environment, deployment_id: key }),
        parent_deployments: parents,
      }));
      return (await server.client.recordBatch(told)).items.map(({ deployment_number }) => deployment_number);
    };
    const dev = await tellAll('dev', seven, []);
    const qa = await tellAll('qa', eight, [seven]);
    const production = await tellAll('production', nine, [eight]);
    for (const at of [0, 229]) {
      const line = [dev[at], qa[at], production[at]];
      const lineage = await deployments.lineage(line[0] ?? 0);
      expect(numbersOf(lineage)).toEqual(line.toReversed());
      expect(edgesOf(lineage)).toEqual([`${line[0]}>${line[1]}`, `${line[1]}>${line[2]}`].sort());
      expect(lineage.more).toBe(false);
    }
  });

  test('goes upwards through a run that deploys everywhere under one key', async () => {
    const { key, deploy } = service();
    const run = key('run');
    const dev = await deploy('dev', run);
    const staging = await deploy('staging', run, [run]);
    const production = await deploy('production', run, [run]);
    const expected = [`${dev}>${staging}`, `${dev}>${production}`, `${staging}>${production}`].sort();
    expect(edgesOf(await deployments.lineage(production))).toEqual(expected);
    expect(edgesOf(await deployments.lineage(dev))).toEqual(expected);
  });

  test('takes a number for a deployment that was told of without a key', async () => {
    const { path, key, deploy } = service();
    await deploy('dev', key('dev'));
    const answer = await fetch(`${server.url}/api/v4/projects/${encodeURIComponent(path)}/deployments`, {
      method: 'POST',
      headers: { 'x-api-key': server.adminToken, 'content-type': 'application/json' },
      body: JSON.stringify({ environment: 'staging', sha: 'abc1234', ref: 'main', tag: false, status: 'success' }),
    });
    const { id } = (await answer.json()) as { id: number };
    const child = await deploy('production', key('p'), [String(id)]);
    expect(edgesOf(await deployments.lineage(child))).toEqual([`${id}>${child}`]);
    expect(edgesOf(await deployments.lineage(id))).toEqual([`${id}>${child}`]);
  });

  test('ends, where emitters tell of a circle or a deployment that is its own parent', async () => {
    const { key, deploy } = service();
    const a = await deploy('dev', key('a'), [key('b')]);
    const b = await deploy('staging', key('b'), [key('a'), key('b')]);
    const lineage = await deployments.lineage(a);
    expect(numbersOf(lineage)).toEqual([b, a]);
    expect(edgesOf(lineage)).toEqual([`${a}>${b}`, `${b}>${a}`].sort());
  });

  test('says that it goes on where it is long or wide', async () => {
    const { key, deploy } = service();
    let last = await deploy('e0', key('0'));
    const first = last;
    for (let step = 1; step <= 8; step += 1) last = await deploy(`e${step}`, key(`${step}`), [key(`${step - 1}`)]);
    const long = await deployments.lineage(last);
    expect([long.nodes.length, long.more]).toEqual([7, true]);
    expect(await deployments.lineage(first)).toMatchObject({ more: true });
    const wide = service();
    const root = await wide.deploy('dev', wide.key('root'));
    await server.client.recordBatch(
      Array.from({ length: 230 }, (_, index) => ({
        ...report({ service: wide.path.slice('crew/'.length), namespace: 'crew', environment: `prod-${index}` }),
        parent_deployments: [wide.key('root')],
      })),
    );
    const fan = await deployments.lineage(root);
    expect([fan.nodes.length, fan.more]).toEqual([200, true]);
  });

  test('forgets the parents of an attempt that is over, and what was deleted', async () => {
    const { key, deploy } = service();
    const dev = await deploy('dev', key('dev'));
    const nightly = await deploy('production', key('nightly'), [key('dev')]);
    expect(edgesOf(await deployments.lineage(dev))).toEqual([`${dev}>${nightly}`]);
    await deploy('production', key('nightly'), [], 'in-progress');
    expect(edgesOf(await deployments.lineage(dev))).toEqual([]);
  });

  test('of a project begins with its latest promotions, page by page', async () => {
    const { path, key, deploy } = service();
    const dev = await deploy('dev', key('dev'));
    const promoted: number[] = [];
    for (let index = 0; index < 53; index += 1) promoted.unshift(await deploy('qa', key(`qa-${index}`), [key('dev')]));
    const first = await deployments.projectLineage({ project: path });
    expect(first.nodes[0]).toMatchObject({ deployment: promoted[0] });
    expect(numbersOf(first)).toContain(dev);
    const second = await deployments.projectLineage({ project: path, cursor: first.next_cursor ?? '' });
    expect(second.next_cursor).toBeNull();
    expect(numbersOf(second)).toEqual(expect.arrayContaining(promoted.slice(50)));
    const { path: bare, key: other, deploy: plain } = service();
    await plain('production', other('p'));
    expect(await deployments.projectLineage({ project: bare })).toMatchObject({ nodes: [], edges: [], unknown: [] });
  });

  test('shows nothing of projects that the caller may not see', async () => {
    const secret = await privateProject(server, `hidden/base-${name}`);
    const reader = await person(server, `rob-${name}`);
    const hidden = await server.client.record(
      report({ namespace: 'hidden', service: `base-${name}`, deployment_id: `image-${name}` }),
    );
    const { path, key, deploy } = service();
    const child = await deploy('production', key('p'), [`image-${name}`]);
    const theirs = new DeploymentsClient(server.clientOf(reader.token).requests);
    expect(await theirs.lineage(child)).toMatchObject({
      nodes: [{ deployment: child }],
      edges: [],
      unknown: [{ deployment: child, parent: `image-${name}` }],
    });
    expect(numbersOf(await theirs.projectLineage({ project: path }))).toEqual([child]);
    await join(server, 'project', secret.path, reader, 'reporter');
    expect(edgesOf(await theirs.lineage(child))).toEqual([`${hidden.deployment_number}>${child}`]);
    // What is hidden does not make a key that of several projects: nobody learns of it by that.
    const shown = await service().deploy('production', `image-${name}`);
    expect(edgesOf(await theirs.lineage(child))).toEqual([]);
    const stranger = await person(server, `sue-${name}`);
    const hers = new DeploymentsClient(server.clientOf(stranger.token).requests);
    expect(edgesOf(await hers.lineage(child))).toEqual([`${shown}>${child}`]);
  });

  test('is the same after the projections were made anew', async () => {
    const { key, deploy } = service();
    const dev = await deploy('dev', key('dev'));
    await deploy('production', key('p'), [key('dev')]);
    const before = await deployments.lineage(dev);
    const rows = () =>
      server.context.database.read
        .selectFrom('promotions')
        .selectAll()
        .orderBy('parent_key')
        .orderBy('deployment_id')
        .execute();
    const told = await rows();
    await rebuild(server.context.database);
    expect(await rows()).toEqual(told);
    expect(await deployments.lineage(dev)).toEqual(before);
  });
});
