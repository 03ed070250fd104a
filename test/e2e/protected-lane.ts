import { ask } from '../support/ask.ts';
import { report } from '../support/factories.ts';
import { group, join, type Person, person } from '../support/people.ts';
import type { TestServer } from '../support/server.ts';

export interface Team {
  readonly deployer: Person;
  readonly approver: Person;
  /** May look, and decide about nothing. */
  readonly reader: Person;
}

interface Lane {
  readonly namespace: string;
  readonly service: string;
}

/** Three people with an account each. */
export async function team(server: TestServer): Promise<Team> {
  return {
    deployer: await person(server, 'dana.deploys', { name: 'Dana Deploys' }),
    approver: await person(server, 'ada.approves', { name: 'Ada Approves' }),
    reader: await person(server, 'rob.reads', { name: 'Rob Reads' }),
  };
}

/** Makes what is deployed to a project's production wait for these; the project is made where there is none. */
export async function protectProduction(
  server: TestServer,
  { namespace, service }: Lane,
  rules: readonly object[],
): Promise<void> {
  await server.client.record(report({ namespace, service, environment: 'staging', version: '1.0.0' }));
  const path = encodeURIComponent(`${namespace}/${service}`);
  const { status, text } = await ask(server, `POST /api/v4/projects/${path}/protected_environments`, {
    body: { name: 'production', deploy_access_levels: [{ access_level: 30 }], approval_rules: rules },
  });
  if (status !== 201) throw new Error(`Protecting ${path} answered ${status}: ${text}`);
}

/** Reports as somebody that a version wants to go to production; answers the number of the deployment. */
export async function askToDeploy(
  server: TestServer,
  { token }: Person,
  { namespace, service }: Lane,
  version: string,
): Promise<number> {
  const sent = report({ namespace, service, version, status: 'waiting', ref: 'main', sha: 'c0ffee1234567890' });
  return (await server.clientOf(token).record(sent)).deployment_number;
}

/** A group whose members may decide. */
export async function approvers(server: TestServer, path: string, members: readonly Person[]): Promise<number> {
  const { id } = await group(server, path);
  for (const member of members) await join(server, 'group', path, member, 'developer');
  return id;
}
