import { join, type Person, person, privateProject } from '../support/people.ts';
import type { TestServer } from '../support/server.ts';
import { askGitHub } from './checked-answers.ts';

export interface Environment {
  readonly id: number;
  readonly name: string;
  readonly url: string;
  readonly protection_rules: readonly {
    readonly type: string;
    readonly prevent_self_review?: boolean;
    readonly reviewers?: readonly { readonly type: string; readonly reviewer: { readonly id: number } }[];
  }[];
  readonly deployment_branch_policy: unknown;
}

export interface Refusal {
  readonly message: string;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
}

/** Only refs that a policy names may be deployed. */
export const custom = {
  deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
} as const;

/** A private project of GitHub's API with a maintainer, a developer and a reviewer, and what they ask about its environments. */
export async function environmentScene(server: TestServer) {
  const maintainer = await person(server, 'maintainer');
  const developer = await person(server, 'developer');
  const reviewer = await person(server, 'reviewer');
  let count = 0;

  async function newRepository(): Promise<`/repos/${string}`> {
    count += 1;
    const { path } = await privateProject(server, `acme/shop-${count}`);
    const members: readonly (readonly [Person, 'maintainer' | 'developer'])[] = [
      [maintainer, 'maintainer'],
      [developer, 'developer'],
      [reviewer, 'developer'],
    ];
    for (const [member, level] of members) await join(server, 'project', path, member, level);
    return `/repos/acme/shop-${count}`;
  }

  const repository = await newRepository();
  const policies = (environment: string) =>
    `${repository}/environments/${encodeURIComponent(environment)}/deployment-branch-policies` as const;
  return {
    maintainer,
    developer,
    reviewer,
    repository,
    newRepository,
    policies,
    put: (environment: string, body?: unknown, token = maintainer.token, at = repository) =>
      askGitHub<Environment & Refusal>(server, `PUT ${at}/environments/${encodeURIComponent(environment)}`, {
        token,
        ...(body === undefined ? {} : { body }),
      }),
    get: (environment: string, token = developer.token) =>
      askGitHub<Environment>(server, `GET ${repository}/environments/${encodeURIComponent(environment)}`, { token }),
    deploy: (body: object, token = developer.token) =>
      askGitHub<Refusal & { id: number }>(server, `POST ${repository}/deployments`, {
        token,
        body: { ref: 'main', required_contexts: [], ...body },
      }),
    addPolicy: (environment: string, body: object, token = maintainer.token) =>
      askGitHub<{ id: number; name: string; type: string }>(server, `POST ${policies(environment)}`, { token, body }),
  };
}
