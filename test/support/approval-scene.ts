import { expect } from 'vitest';
import { ask } from './ask.ts';
import { join, type Person, person, privateProject } from './people.ts';
import type { TestServer } from './server.ts';

/** What a test looks at of a deployment in GitLab's shape. */
export interface GatedDeployment {
  readonly id: number;
  readonly status: string;
  readonly pending_approval_count: number;
  readonly approvals: readonly { readonly user: { readonly username: string }; readonly status: string }[];
  readonly approval_summary: { readonly rules: readonly Readonly<Record<string, unknown>>[] };
}

export interface GivenApproval {
  readonly user: { readonly id: number };
  readonly status: string;
  readonly comment: string | null;
  readonly created_at: string;
  /** Where it was refused. */
  readonly message?: string;
}

interface AuditEvent {
  readonly event_name: string;
  readonly author_id: number;
  readonly details: object;
}

/** An entry that names everybody who may deploy at all. */
export const developers = [{ access_level: 30 }];

/** GitLab's sentences. */
export const refusal = {
  unprotected: 'This environment is not protected.',
  own: 'You cannot approve your own deployment. This configuration can be adjusted in the protected environment settings.',
  unneeded: 'Deployment approvals is not configured for this environment.',
  notWaiting: 'This deployment is not waiting for approvals.',
  notCompetent: "You don't have permission to approve this deployment. Contact the project or group owner for help.",
  noSuchRule:
    'There are no approval rules for the given `represent_as` parameter. Use a valid User/Group/Role name instead.',
} as const;

/** People around private projects: mia maintains them; dan deploys; ann and bob are developers too; sam knows of none. */
export async function approvalScene(server: TestServer) {
  const people: Readonly<Record<'dan' | 'ann' | 'bob' | 'mia' | 'sam', Person>> = {
    dan: await person(server, 'dan'),
    ann: await person(server, 'ann', { name: 'Ann Approver' }),
    bob: await person(server, 'bob', { name: 'Bob Approver' }),
    mia: await person(server, 'mia'),
    sam: await person(server, 'sam'),
  };
  let projects = 0;
  const send = <T>(request: string, token: string, body?: object) =>
    ask<T>(server, request as 'GET /', { token, ...(body ? { body } : {}) }); // made of a method and a path
  const decide = (project: string, id: number, { token }: { readonly token: string }, body: object) =>
    send<GivenApproval>(`POST ${project}/deployments/${id}/approval`, token, body);
  return {
    people,
    send,
    decide,
    /** Answers the URL of a project of its own. */
    async newProject(): Promise<string> {
      projects += 1;
      const { path } = await privateProject(server, `gated/p${projects}`);
      for (const who of ['dan', 'ann', 'bob'] as const) await join(server, 'project', path, people[who], 'developer');
      await join(server, 'project', path, people.mia, 'maintainer');
      return `/api/v4/projects/${encodeURIComponent(path)}`;
    },
    async protect(project: string, body: object): Promise<void> {
      const request = { name: 'production', deploy_access_levels: developers, ...body };
      expect((await send(`POST ${project}/protected_environments`, people.mia.token, request)).status).toBe(201);
    },
    /** By dan, to production. */
    async deploy(project: string, status = 'running'): Promise<GatedDeployment> {
      const body = { environment: 'production', sha: 'abc', ref: 'main', tag: false, status };
      const made = await send<GatedDeployment>(`POST ${project}/deployments`, people.dan.token, body);
      expect(made.status).toBe(201);
      return made.body;
    },
    approve: (project: string, id: number, who: { readonly token: string }, body: object = {}) =>
      decide(project, id, who, { status: 'approved', ...body }),
    async show(project: string, id: number): Promise<GatedDeployment> {
      return (await send<GatedDeployment>(`GET ${project}/deployments/${id}`, people.dan.token)).body;
    },
    async auditOf(project: string): Promise<AuditEvent[]> {
      return (await send<AuditEvent[]>(`GET ${project}/audit_events`, people.mia.token)).body;
    },
  };
}

/** The path of a project whose URL this is. */
export function pathOf(project: string): string {
  return decodeURIComponent(project.slice('/api/v4/projects/'.length));
}
