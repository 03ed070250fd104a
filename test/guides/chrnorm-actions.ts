import { parse } from 'yaml';

/** What a runner gives to each step. */
export interface Runner {
  /** GITHUB_REPOSITORY. */
  readonly repository: string;
  readonly sha: string;
  /** GITHUB_REF: the whole one. */
  readonly ref: string;
  /** What the expressions between `${{` and `}}` come to. */
  readonly values: Readonly<Record<string, string>>;
}

export interface WorkflowStep {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** The steps of the only job of a workflow. */
export function stepsOfWorkflow(yaml: string): WorkflowStep[] {
  return parse(yaml).jobs.deploy.steps;
}

/** Expressions as the runner puts them in. Throws where one is not known. */
export function expand(texts: Readonly<Record<string, string>>, { values }: Pick<Runner, 'values'>) {
  const filled = Object.entries(texts).map(([name, text]) => [
    name,
    text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
      const value = values[expression];
      if (value === undefined) throw new Error(`The runner knows no ${expression}.`);
      return value;
    }),
  ]);
  return Object.fromEntries(filled) as Record<string, string>; // texts in, texts out
}

/** What the two actions fail with: the server's own words. */
export class ActionFailed extends Error {}

/** What chrnorm/deployment-action@v2 sends, as recorded from it. Answers its outputs. */
export async function deploymentAction(inputs: Readonly<Record<string, string>>, runner: Runner) {
  const given: Readonly<Record<string, string>> = {
    task: 'deploy',
    environment: 'production',
    'initial-status': 'pending',
    ...inputs,
  };
  const base = `${given['github-base-url']}/repos/${runner.repository}/deployments`;
  const contexts = given['required-contexts'];
  const deployment = await send(base, given['token'], 'octokit-core.js/5.1.0 Node.js/20.20.2 (linux; x64)', {
    ref: given['ref'] ?? runner.ref,
    sha: given['sha'] ?? runner.sha,
    task: given['task'],
    required_contexts: contexts ? contexts.split(',') : [],
    environment: given['environment'],
    transient_environment: given['transient-environment'] === 'true',
    auto_merge: given['auto-merge'] === 'true',
    description: given['description'] ?? '',
  });
  await send(
    `${base}/${deployment.id}/statuses`,
    given['token'],
    'octokit-core.js/5.1.0 Node.js/20.20.2 (linux; x64)',
    {
      description: given['description'] ?? '',
      state: given['initial-status'],
      log_url: given['log-url'] ?? checksOf(runner),
      environment_url: given['environment-url'] ?? '',
      auto_inactive: false,
    },
  );
  return { deployment_id: String(deployment.id), deployment_url: String(deployment.url) };
}

/** What chrnorm/deployment-status@v2 sends, as recorded from it. */
export async function deploymentStatus(inputs: Readonly<Record<string, string>>, runner: Runner): Promise<void> {
  // An id that is missing becomes a part of the path as well.
  const id = Number.parseInt(inputs['deployment-id'] ?? '', 10);
  const url = `${inputs['github-base-url']}/repos/${runner.repository}/deployments/${id}/statuses`;
  await send(url, inputs['token'], 'octokit-core.js/3.6.0 Node.js/20.20.2 (linux; x64)', {
    environment: inputs['environment'],
    auto_inactive: (inputs['auto-inactive'] ?? 'true') === 'true',
    state: inputs['state'],
    log_url: inputs['log-url'] ?? checksOf(runner),
    description: inputs['description'] ?? '',
    environment_url: inputs['environment-url'] ?? '',
  });
}

interface Told {
  readonly id?: number;
  readonly url?: string;
  readonly message?: string;
  readonly errors?: readonly unknown[];
}

async function send(url: string, token: string | undefined, agent: string, body: object) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      accept: 'application/vnd.github.v3+json',
      authorization: `token ${token}`,
      'content-type': 'application/json; charset=utf-8',
      'user-agent': agent,
    },
    body: JSON.stringify(body),
  });
  const told = (await answer.json()) as Told; // GitHub answers objects
  // A 202 has no id.
  if (!answer.ok || told.id === undefined) throw new ActionFailed(failureOf(told));
  return told;
}

/** Octokit's text, which the step prints. */
function failureOf({ message, errors }: Told): string {
  return errors ? `${message}: ${errors.map((error) => JSON.stringify(error)).join(', ')}` : String(message);
}

function checksOf({ repository, sha }: Runner): string {
  return `https://github.com/${repository}/commit/${sha}/checks`;
}
