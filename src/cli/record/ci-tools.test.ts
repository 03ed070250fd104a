import { describe, expect, it } from 'vitest';
import { detectCi } from './ci-tools.ts';

/** Variables as each tool's documentation shows them, and what a report should say of the run. */
const runs = [
  {
    tool: 'github-actions',
    environment: {
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_RUN_ID: '1658821493',
      GITHUB_RUN_ATTEMPT: '3',
      GITHUB_RUN_NUMBER: '42',
      GITHUB_REPOSITORY: 'octo-org/checkout',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_REF_NAME: 'main',
      GITHUB_HEAD_REF: '',
      GITHUB_SHA: 'ffac537e6cbbf934b08745a378932722df287a53',
      GITHUB_ACTOR: 'octocat',
      GITHUB_TRIGGERING_ACTOR: 'hubot',
    },
    facts: {
      deployment_id: 'gh-1658821493-3',
      service: 'checkout',
      ref: 'main',
      sha: 'ffac537e6cbbf934b08745a378932722df287a53',
      run_url: 'https://github.com/octo-org/checkout/actions/runs/1658821493',
      run_number: '42',
      actor: 'hubot',
    },
  },
  {
    tool: 'gitlab-ci',
    environment: {
      CI: 'true',
      GITLAB_CI: 'true',
      CI_PIPELINE_ID: '987654',
      CI_PIPELINE_IID: '321',
      CI_JOB_ID: '50001',
      CI_JOB_URL: 'https://gitlab.example.com/shop/checkout/-/jobs/50001',
      CI_PIPELINE_URL: 'https://gitlab.example.com/shop/checkout/-/pipelines/987654',
      CI_PROJECT_NAME: 'checkout',
      CI_PROJECT_NAMESPACE: 'shop',
      CI_ENVIRONMENT_NAME: 'production',
      CI_COMMIT_REF_NAME: 'v1.8.2',
      CI_COMMIT_SHA: '1ecfd275763eff1d6b4844ea3168962458c9f27a',
      GITLAB_USER_LOGIN: 'maya',
    },
    facts: {
      deployment_id: 'gl-987654-50001',
      service: 'checkout',
      environment: 'production',
      ref: 'v1.8.2',
      sha: '1ecfd275763eff1d6b4844ea3168962458c9f27a',
      run_url: 'https://gitlab.example.com/shop/checkout/-/jobs/50001',
      run_number: '321',
      actor: 'maya',
    },
  },
  {
    tool: 'azure-devops',
    environment: {
      TF_BUILD: 'True',
      BUILD_BUILDID: '4711',
      BUILD_BUILDNUMBER: '20261120.3',
      SYSTEM_JOBATTEMPT: '2',
      SYSTEM_COLLECTIONURI: 'https://dev.azure.com/fabrikam/',
      SYSTEM_TEAMPROJECT: 'Web Shop',
      BUILD_REPOSITORY_NAME: 'fabrikam/checkout',
      BUILD_SOURCEBRANCH: 'refs/heads/release/1.8',
      BUILD_SOURCEBRANCHNAME: '1.8',
      BUILD_SOURCEVERSION: 'be67f872d3f5a4b5e7ffa0a3a7e8f8e0f4ba8eb1',
      BUILD_REQUESTEDFOR: 'Maya',
      ENVIRONMENT_NAME: 'production',
    },
    facts: {
      deployment_id: 'ado-4711-2',
      service: 'checkout',
      environment: 'production',
      ref: 'release/1.8',
      sha: 'be67f872d3f5a4b5e7ffa0a3a7e8f8e0f4ba8eb1',
      run_url: 'https://dev.azure.com/fabrikam/Web%20Shop/_build/results?buildId=4711',
      run_number: '4711',
      actor: 'Maya',
    },
  },
  {
    tool: 'jenkins',
    environment: {
      JENKINS_URL: 'https://jenkins.example.com/',
      JOB_NAME: 'shop/checkout-deploy',
      BUILD_NUMBER: '153',
      BUILD_TAG: 'jenkins-shop-checkout-deploy-153',
      BUILD_URL: 'https://jenkins.example.com/job/shop/job/checkout-deploy/153/',
      GIT_BRANCH: 'origin/main',
      GIT_COMMIT: 'ce9a3c1404e8c91be604088670e93434c4253f03',
      BUILD_USER_ID: 'maya',
    },
    facts: {
      deployment_id: 'jenkins-shop-checkout-deploy-153',
      ref: 'main',
      sha: 'ce9a3c1404e8c91be604088670e93434c4253f03',
      run_url: 'https://jenkins.example.com/job/shop/job/checkout-deploy/153/',
      run_number: '153',
      actor: 'maya',
    },
  },
  {
    tool: 'circleci',
    environment: {
      CI: 'true',
      CIRCLECI: 'true',
      CIRCLE_BUILD_NUM: '903',
      CIRCLE_BUILD_URL: 'https://circleci.com/gh/acme/checkout/903',
      CIRCLE_PROJECT_REPONAME: 'checkout',
      CIRCLE_PROJECT_USERNAME: 'acme',
      CIRCLE_BRANCH: 'main',
      CIRCLE_SHA1: '5f2ea0a2e6d8d9ba96a6c1c8b5b2f6d1f8e3b7a9',
      CIRCLE_USERNAME: 'maya',
      CIRCLE_WORKFLOW_ID: '7f1c6a5e-24b5-4f68-8f1a-6fb23f0c1b2d',
    },
    facts: {
      deployment_id: 'circleci-checkout-903',
      service: 'checkout',
      ref: 'main',
      sha: '5f2ea0a2e6d8d9ba96a6c1c8b5b2f6d1f8e3b7a9',
      run_url: 'https://circleci.com/gh/acme/checkout/903',
      run_number: '903',
      actor: 'maya',
    },
  },
  {
    tool: 'bitbucket-pipelines',
    environment: {
      CI: 'true',
      BITBUCKET_BUILD_NUMBER: '77',
      BITBUCKET_STEP_RUN_NUMBER: '2',
      BITBUCKET_REPO_SLUG: 'checkout',
      BITBUCKET_REPO_FULL_NAME: 'acme/checkout',
      BITBUCKET_WORKSPACE: 'acme',
      BITBUCKET_BRANCH: 'main',
      BITBUCKET_COMMIT: '7f777ed95a19224294949e1b4ce56bbffcb1fe9f',
      BITBUCKET_DEPLOYMENT_ENVIRONMENT: 'production',
      BITBUCKET_STEP_TRIGGERER_UUID: '{5a50dd52-5ab7-4225-831c-4db9451375a2}',
    },
    facts: {
      deployment_id: 'bb-checkout-77-2',
      service: 'checkout',
      environment: 'production',
      ref: 'main',
      sha: '7f777ed95a19224294949e1b4ce56bbffcb1fe9f',
      run_url: 'https://bitbucket.org/acme/checkout/pipelines/results/77',
      run_number: '77',
      actor: '{5a50dd52-5ab7-4225-831c-4db9451375a2}',
    },
  },
  {
    tool: 'drone',
    environment: {
      CI: 'true',
      DRONE: 'true',
      DRONE_REPO: 'octocat/checkout',
      DRONE_REPO_NAME: 'checkout',
      DRONE_BUILD_NUMBER: '42',
      DRONE_BUILD_LINK: 'https://drone.company.com/octocat/checkout/42',
      DRONE_BRANCH: 'main',
      DRONE_COMMIT_SHA: 'bcdd4bf0245c82c060407b3b24b9b87301d15ac1',
      DRONE_COMMIT_AUTHOR: 'octocat',
      DRONE_DEPLOY_TO: 'production',
    },
    facts: {
      deployment_id: 'drone-octocat-checkout-42',
      service: 'checkout',
      environment: 'production',
      ref: 'main',
      sha: 'bcdd4bf0245c82c060407b3b24b9b87301d15ac1',
      run_url: 'https://drone.company.com/octocat/checkout/42',
      run_number: '42',
      actor: 'octocat',
    },
  },
  {
    tool: 'buildkite',
    environment: {
      CI: 'true',
      BUILDKITE: 'true',
      BUILDKITE_BUILD_ID: '4735ba57-80d0-46e2-8fa0-b28223a86586',
      BUILDKITE_BUILD_NUMBER: '1514',
      BUILDKITE_BUILD_URL: 'https://buildkite.com/acme-inc/checkout/builds/1514',
      BUILDKITE_PIPELINE_SLUG: 'checkout',
      BUILDKITE_RETRY_COUNT: '1',
      BUILDKITE_BRANCH: 'main',
      BUILDKITE_TAG: '',
      BUILDKITE_COMMIT: '83a20ec058e2fb00e7fa4558c4c6e81e2dcf253d',
      BUILDKITE_BUILD_CREATOR: 'Maya',
    },
    facts: {
      deployment_id: 'bk-checkout-1514-2',
      service: 'checkout',
      ref: 'main',
      sha: '83a20ec058e2fb00e7fa4558c4c6e81e2dcf253d',
      run_url: 'https://buildkite.com/acme-inc/checkout/builds/1514',
      run_number: '1514',
      actor: 'Maya',
    },
  },
] as const;

describe('the CI tool a report comes from', () => {
  it.each(runs)('is recognised as $tool, and the run is read from its variables', ({ tool, environment, facts }) => {
    const detected = detectCi(environment);
    expect(detected?.name).toBe(tool);
    expect(definedOnly(detected?.facts(environment))).toEqual(facts);
  });

  it.each(runs)('of a $tool with only its mark set makes no broken links or half ids', ({ tool, environment }) => {
    const marks = [
      'GITHUB_ACTIONS',
      'GITLAB_CI',
      'TF_BUILD',
      'JENKINS_URL',
      'CIRCLECI',
      'BITBUCKET_BUILD_NUMBER',
      'DRONE',
      'BUILDKITE',
    ];
    const bare = Object.fromEntries(Object.entries(environment).filter(([name]) => marks.includes(name)));
    const detected = detectCi(bare);
    expect(detected?.name).toBe(tool);
    const { deployment_id: id, run_url: url } = detected?.facts(bare) ?? {};
    expect(id).toBeUndefined();
    expect(url).toBeUndefined();
  });

  it('is nobody where no tool runs', () => {
    expect(detectCi({ HOME: '/root', PATH: '/bin', CI: 'true' })).toBeUndefined();
  });

  it('names each attempt of a run differently', () => {
    for (const { tool, environment } of runs) {
      const counters = [
        'GITHUB_RUN_ATTEMPT',
        'CI_JOB_ID',
        'SYSTEM_JOBATTEMPT',
        'BUILD_TAG',
        'CIRCLE_BUILD_NUM',
        'BITBUCKET_STEP_RUN_NUMBER',
        'DRONE_BUILD_NUMBER',
        'BUILDKITE_RETRY_COUNT',
      ];
      const again = Object.fromEntries(
        Object.entries(environment).map(([name, value]) => [name, counters.includes(name) ? `${value}9` : value]),
      );
      const ids = [environment, again].map((variables) => detectCi(variables)?.facts(variables).deployment_id);
      expect(ids[0], tool).not.toBe(ids[1]);
    }
  });
});

function definedOnly(facts: object | undefined): object {
  return Object.fromEntries(Object.entries(facts ?? {}).filter(([, value]) => value !== undefined));
}
