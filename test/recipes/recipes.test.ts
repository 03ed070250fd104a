import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/contract/deployment-event.ts';
import { freePort } from '../support/free-port.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { azureSteps, fencesOf, githubSteps, gitlabSteps, jenkinsfile, type Step } from './read-recipe.ts';
import { type JobResult, runJob } from './run-job.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

type Outcome = JobResult['outcome'];

interface Recipe {
  readonly title: string;
  /** Steps of the block at this place of the recipe: 0 is plain shell, 1 the command line. */
  readonly steps: (block: number, outcome: Outcome) => readonly Step[];
  readonly variables: (run: string) => Record<string, string>;
  readonly status?: (outcome: Outcome) => Record<string, string>;
  readonly expand?: (value: string, outcome: Outcome, variables: Record<string, string>) => string;
  /** What the events of a run hold, beside service, environment, status and moment. */
  readonly expected: (run: string) => Partial<DeploymentEvent> & { readonly deployment_id: string };
}

const sha = 'ffac537e6cbbf934b08745a378932722df287a53';
const ref = 'release/"1.8"';

const shells = (shell: string): Recipe => ({
  title: `curl in ${shell}`,
  steps: (block) => [{ script: fencesOf('curl')[block] ?? '', shell: [shell], environment: {}, always: false }],
  variables: (run) => ({ RUN_ID: run }),
  expected: (run) => ({ deployment_id: `run-${run}`, version: '1.8.2' }),
});

const gitlab = (shell: 'sh' | 'bash'): Recipe => ({
  title: `GitLab CI in ${shell}`,
  steps: (block) => gitlabSteps(fencesOf('gitlab-ci')[block] ?? '', shell),
  variables: (run) => ({
    GITLAB_CI: 'true',
    CI_PIPELINE_ID: '987654',
    CI_PIPELINE_IID: '321',
    CI_JOB_ID: run,
    CI_JOB_URL: `https://gitlab.example.com/shop/checkout/-/jobs/${run}`,
    CI_PROJECT_NAME: 'checkout',
    CI_ENVIRONMENT_NAME: 'production',
    CI_COMMIT_REF_NAME: ref,
    CI_COMMIT_SHA: sha,
    CI_COMMIT_SHORT_SHA: sha.slice(0, 8),
    GITLAB_USER_LOGIN: 'maya',
  }),
  status: (outcome) => ({ CI_JOB_STATUS: outcome === 'success' ? 'success' : 'failed' }),
  expected: (run) => ({
    deployment_id: `gl-987654-${run}`,
    version: sha.slice(0, 8),
    ref,
    sha,
    run_url: `https://gitlab.example.com/shop/checkout/-/jobs/${run}`,
    run_number: 321,
    actor: 'maya',
  }),
});

const recipes: readonly Recipe[] = [
  shells('sh'),
  shells('bash'),
  gitlab('sh'),
  gitlab('bash'),
  {
    title: 'GitHub Actions',
    steps: (block) => githubSteps(fencesOf('github-actions')[block] ?? ''),
    variables: (run) => ({
      GITHUB_ACTIONS: 'true',
      GITHUB_RUN_ID: run,
      GITHUB_RUN_ATTEMPT: '2',
      GITHUB_RUN_NUMBER: '42',
      GITHUB_REPOSITORY: 'octo-org/checkout',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REF_NAME: ref,
      GITHUB_SHA: sha,
      GITHUB_ACTOR: 'octocat',
    }),
    expand: (value, outcome, variables) =>
      value.replace(/\$\{\{ ([\w.]+) \}\}/g, (_, name: string) => {
        const known: Record<string, string | undefined> = {
          'vars.SHIPLOG_URL': variables['SHIPLOG_URL'],
          'secrets.SHIPLOG_TOKEN': variables['SHIPLOG_TOKEN'],
          'github.ref_name': variables['GITHUB_REF_NAME'],
          'job.status': outcome,
        };
        return known[name] ?? '';
      }),
    expected: (run) => ({
      deployment_id: `gh-${run}-2`,
      version: ref,
      ref,
      sha,
      run_url: `https://github.com/octo-org/checkout/actions/runs/${run}`,
      run_number: 42,
      actor: 'octocat',
    }),
  },
  {
    title: 'Azure DevOps',
    steps: (block) => azureSteps(fencesOf('azure-devops')[block] ?? ''),
    variables: (run) => ({
      TF_BUILD: 'True',
      BUILD_BUILDID: run,
      BUILD_BUILDNUMBER: '20261120.3',
      SYSTEM_JOBATTEMPT: '1',
      SYSTEM_COLLECTIONURI: 'https://dev.azure.com/fabrikam/',
      SYSTEM_TEAMPROJECT: 'shop',
      SYSTEM_TEAMPROJECTID: 'shop',
      BUILD_SOURCEBRANCH: `refs/heads/${ref}`,
      BUILD_SOURCEBRANCHNAME: ref,
      BUILD_SOURCEVERSION: sha,
      BUILD_REQUESTEDFOR: 'Maya "May" M',
      ENVIRONMENT_NAME: 'production',
    }),
    status: (outcome) => ({ AGENT_JOBSTATUS: outcome === 'success' ? 'Succeeded' : 'Failed' }),
    expand: (value, _, variables) => {
      if (value === 'https://shiplog.example.com') return variables['SHIPLOG_URL'] ?? '';
      return value.replace(/\$\((\w+)\)/g, (__, name: string) => variables[name] ?? '');
    },
    expected: (run) => ({
      deployment_id: `ado-${run}-1`,
      version: '20261120.3',
      ref,
      sha,
      run_url: `https://dev.azure.com/fabrikam/shop/_build/results?buildId=${run}`,
      run_number: Number(run),
      actor: 'Maya "May" M',
    }),
  },
  {
    title: 'Jenkins',
    steps: (block, outcome) => {
      const whole = jenkinsfile(fencesOf('jenkins')[0] ?? '');
      const { script } = jenkinsfile(fencesOf('jenkins')[block] ?? '');
      const step = (text: string, status = ''): Step => ({
        script: text,
        shell: ['sh', '-xe'],
        environment: { ...whole.environment, STATUS: status },
        always: true,
      });
      return [
        step(script, whole.calls.get('steps')),
        { ...step('./deploy.sh'), always: false },
        step(script, whole.calls.get(outcome)),
      ];
    },
    variables: (run) => ({
      JENKINS_URL: 'https://jenkins.example.com/',
      BUILD_NUMBER: run,
      BUILD_TAG: `jenkins-checkout-deploy-${run}`,
      BUILD_URL: `https://jenkins.example.com/job/checkout-deploy/${run}/`,
      BRANCH_NAME: ref,
      GIT_COMMIT: sha,
      BUILD_USER_ID: 'maya',
    }),
    expand: (value, _, variables) => {
      if (value === 'https://shiplog.example.com') return variables['SHIPLOG_URL'] ?? '';
      return value.replace(/\$\{(\w+)\}/g, (__, name: string) => variables[name] ?? '');
    },
    expected: (run) => ({
      deployment_id: `jenkins-checkout-deploy-${run}`,
      version: `1.8.${run}`,
      ref,
      sha,
      run_url: `https://jenkins.example.com/job/checkout-deploy/${run}/`,
      run_number: Number(run),
      actor: 'maya',
    }),
  },
];

let runs = 4710;

interface Attempt {
  readonly block: number;
  readonly deploy: Outcome;
  readonly url?: string;
  readonly token?: string;
}

/** One run of the recipe, under an id of its own. */
async function run(recipe: Recipe, { block, deploy, url = server.url, token = server.adminToken }: Attempt) {
  runs += 1;
  const variables = {
    ...recipe.variables(String(runs)),
    SHIPLOG_URL: url,
    SHIPLOG_TOKEN: token,
    SHIPLOG_TIMEOUT: '0.3',
  };
  const { status, expand } = recipe;
  const result = await runJob({
    steps: recipe.steps(block, deploy),
    environment: variables,
    deploy,
    ...(status ? { status } : {}),
    ...(expand ? { expand: (value: string, outcome: Outcome) => expand(value, outcome, variables) } : {}),
  });
  return { ...result, expected: recipe.expected(String(runs)) };
}

const ways = [
  { way: 'as plain shell', block: 0 },
  { way: 'with the command line', block: 1 },
];

describe.each(recipes)('the recipe for $title', (recipe) => {
  describe.each(ways)('$way', ({ block }) => {
    it.each(['success', 'failure'] as const)('tells of a deployment that ends in %s', async (deploy) => {
      const before = Date.now();
      const { outcome, output, expected } = await run(recipe, { block, deploy });
      expect(outcome, output).toBe(deploy);
      const { items } = await server.client.deployments({ deployment_id: expected.deployment_id });
      const inOrder = items.toSorted((a, b) => a.position - b.position);
      expect(
        inOrder.map(({ status }) => status),
        output,
      ).toEqual(['in-progress', deploy]);
      for (const event of inOrder) {
        expect(event).toMatchObject({ service: 'checkout', environment: 'production', ...expected });
        expect(event.happened_at).toMatch(/Z$/);
        // The recipes' clock counts whole seconds.
        expect(Date.parse(event.happened_at)).toBeGreaterThanOrEqual(before - 1000);
        expect(Date.parse(event.happened_at)).toBeLessThanOrEqual(Date.now());
      }
    });

    it('does not fail the pipeline where Shiplog is away or lets nobody in', async () => {
      const away = await run(recipe, { block, deploy: 'success', url: `http://127.0.0.1:${await freePort()}` });
      expect(away.outcome, away.output).toBe('success');
      expect(away.output).toMatch(/connect/i);
      const closed = await run(recipe, { block, deploy: 'success', token: 'wrong' });
      expect(closed.outcome, closed.output).toBe('success');
      expect(closed.output).toMatch(/token/i);
    });
  });
});
