import type { Environment } from '../terminal.ts';

/** What a CI tool's own variables say about the run. */
export interface RunFacts {
  readonly deployment_id?: string | undefined;
  readonly service?: string | undefined;
  readonly environment?: string | undefined;
  readonly ref?: string | undefined;
  readonly sha?: string | undefined;
  readonly run_url?: string | undefined;
  readonly run_number?: string | undefined;
  readonly actor?: string | undefined;
}

export interface CiTool {
  /** Goes into X-Progress-Reporter, so lower case. */
  readonly name: string;
  readonly title: string;
  readonly runsIn: (environment: Environment) => boolean;
  readonly facts: (environment: Environment) => RunFacts;
}

/**
 * The CI tools `record` knows, by their documented variables. deployment_id is the same for every report of one job and
 * another for each attempt of it: a second attempt is another deployment.
 */
export const ciTools: readonly CiTool[] = [
  {
    name: 'github-actions',
    title: 'GitHub Actions',
    runsIn: (env) => env['GITHUB_ACTIONS'] === 'true',
    facts: (env) => ({
      deployment_id: join('gh', env['GITHUB_RUN_ID'], env['GITHUB_RUN_ATTEMPT'] || '1'),
      service: lastPart(env['GITHUB_REPOSITORY']),
      ref: env['GITHUB_HEAD_REF'] || env['GITHUB_REF_NAME'],
      sha: env['GITHUB_SHA'],
      run_url: link`${env['GITHUB_SERVER_URL']}/${env['GITHUB_REPOSITORY']}/actions/runs/${env['GITHUB_RUN_ID']}`,
      run_number: env['GITHUB_RUN_NUMBER'],
      // Who pressed "re-run", where that is somebody else.
      actor: env['GITHUB_TRIGGERING_ACTOR'] || env['GITHUB_ACTOR'],
    }),
  },
  {
    name: 'gitlab-ci',
    title: 'GitLab CI',
    runsIn: (env) => env['GITLAB_CI'] === 'true',
    facts: (env) => ({
      // A retried job has a new id of its own.
      deployment_id: join('gl', env['CI_PIPELINE_ID'], env['CI_JOB_ID']),
      service: env['CI_PROJECT_NAME'],
      environment: env['CI_ENVIRONMENT_NAME'],
      ref: env['CI_COMMIT_REF_NAME'],
      sha: env['CI_COMMIT_SHA'],
      run_url: env['CI_JOB_URL'] || env['CI_PIPELINE_URL'],
      run_number: env['CI_PIPELINE_IID'],
      actor: env['GITLAB_USER_LOGIN'],
    }),
  },
  {
    name: 'azure-devops',
    title: 'Azure DevOps',
    runsIn: (env) => env['TF_BUILD']?.toLowerCase() === 'true',
    facts: (env) => ({
      deployment_id: join('ado', env['BUILD_BUILDID'], env['SYSTEM_JOBATTEMPT'] || '1'),
      service: lastPart(env['BUILD_REPOSITORY_NAME']),
      environment: env['ENVIRONMENT_NAME'],
      ref: env['BUILD_SOURCEBRANCH']?.replace(/^refs\/(?:heads|tags)\//, ''),
      sha: env['BUILD_SOURCEVERSION'],
      // The collection's URL ends in a slash; a project's name may hold blanks.
      run_url: link`${env['SYSTEM_COLLECTIONURI']}${encoded(env['SYSTEM_TEAMPROJECT'])}/_build/results?buildId=${env['BUILD_BUILDID']}`,
      // BUILD_BUILDNUMBER is a name such as 20261120.3, not a number.
      run_number: env['BUILD_BUILDID'],
      actor: env['BUILD_REQUESTEDFOR'],
    }),
  },
  {
    name: 'circleci',
    title: 'CircleCI',
    runsIn: (env) => env['CIRCLECI'] === 'true',
    facts: (env) => ({
      // Job numbers are never used twice in a project: a re-run has a new one.
      deployment_id: join('circleci', env['CIRCLE_PROJECT_REPONAME'], env['CIRCLE_BUILD_NUM']),
      service: env['CIRCLE_PROJECT_REPONAME'],
      ref: env['CIRCLE_TAG'] || env['CIRCLE_BRANCH'],
      sha: env['CIRCLE_SHA1'],
      run_url: env['CIRCLE_BUILD_URL'],
      run_number: env['CIRCLE_BUILD_NUM'],
      actor: env['CIRCLE_USERNAME'],
    }),
  },
  {
    name: 'bitbucket-pipelines',
    title: 'Bitbucket Pipelines',
    runsIn: (env) => Boolean(env['BITBUCKET_BUILD_NUMBER']),
    facts: (env) => ({
      deployment_id: join(
        'bb',
        env['BITBUCKET_REPO_SLUG'],
        env['BITBUCKET_BUILD_NUMBER'],
        env['BITBUCKET_STEP_RUN_NUMBER'] || '1',
      ),
      service: env['BITBUCKET_REPO_SLUG'],
      environment: env['BITBUCKET_DEPLOYMENT_ENVIRONMENT'],
      ref: env['BITBUCKET_TAG'] || env['BITBUCKET_BRANCH'],
      sha: env['BITBUCKET_COMMIT'],
      run_url: link`https://bitbucket.org/${env['BITBUCKET_REPO_FULL_NAME']}/pipelines/results/${env['BITBUCKET_BUILD_NUMBER']}`,
      run_number: env['BITBUCKET_BUILD_NUMBER'],
      // Bitbucket names the person only by an id.
      actor: env['BITBUCKET_STEP_TRIGGERER_UUID'],
    }),
  },
  {
    name: 'drone',
    title: 'Drone',
    runsIn: (env) => env['DRONE'] === 'true',
    facts: (env) => ({
      // A restarted build has a new number.
      deployment_id: join('drone', env['DRONE_REPO']?.replaceAll('/', '-'), env['DRONE_BUILD_NUMBER']),
      service: env['DRONE_REPO_NAME'],
      environment: env['DRONE_DEPLOY_TO'],
      ref: env['DRONE_TAG'] || env['DRONE_BRANCH'],
      sha: env['DRONE_COMMIT_SHA'],
      run_url: env['DRONE_BUILD_LINK'],
      run_number: env['DRONE_BUILD_NUMBER'],
      actor: env['DRONE_COMMIT_AUTHOR'],
    }),
  },
  {
    name: 'buildkite',
    title: 'Buildkite',
    runsIn: (env) => env['BUILDKITE'] === 'true',
    facts: (env) => ({
      deployment_id: join(
        'bk',
        env['BUILDKITE_PIPELINE_SLUG'],
        env['BUILDKITE_BUILD_NUMBER'],
        String(Number(env['BUILDKITE_RETRY_COUNT'] || 0) + 1),
      ),
      service: env['BUILDKITE_PIPELINE_SLUG'],
      ref: env['BUILDKITE_TAG'] || env['BUILDKITE_BRANCH'],
      // A build of "HEAD" learns its commit only when it has checked out.
      sha: env['BUILDKITE_COMMIT'] === 'HEAD' ? undefined : env['BUILDKITE_COMMIT'],
      run_url: env['BUILDKITE_BUILD_URL'],
      run_number: env['BUILDKITE_BUILD_NUMBER'],
      actor: env['BUILDKITE_BUILD_CREATOR'],
    }),
  },
  {
    // Last: Jenkins' names are so plain that other tools set some of them too.
    name: 'jenkins',
    title: 'Jenkins',
    runsIn: (env) => Boolean(env['JENKINS_URL'] || env['BUILD_TAG']?.startsWith('jenkins-')),
    facts: (env) => ({
      // jenkins-<job, slashes as dashes>-<build number>; every replay or restart is a new build.
      deployment_id: env['BUILD_TAG'] || join('jenkins', env['JOB_NAME']?.replaceAll('/', '-'), env['BUILD_NUMBER']),
      ref: env['TAG_NAME'] || env['BRANCH_NAME'] || env['GIT_BRANCH']?.replace(/^origin\//, ''),
      sha: env['GIT_COMMIT'],
      run_url: env['BUILD_URL'],
      run_number: env['BUILD_NUMBER'],
      // Set by the "build user vars" plugin.
      actor: env['BUILD_USER_ID'] || env['CHANGE_AUTHOR'],
    }),
  },
];

export function detectCi(environment: Environment): CiTool | undefined {
  return ciTools.find((tool) => tool.runsIn(environment));
}

/** Joins with dashes; without one of the parts it would not be unique, so there is none. */
function join(...parts: readonly (string | undefined)[]): string | undefined {
  return parts.every(Boolean) ? parts.join('-') : undefined;
}

/** A URL, unless one of its parts is missing. */
function link(texts: TemplateStringsArray, ...values: readonly (string | undefined)[]): string | undefined {
  return values.every(Boolean) ? String.raw({ raw: texts }, ...values) : undefined;
}

function encoded(text: string | undefined): string | undefined {
  return text && encodeURIComponent(text);
}

function lastPart(path: string | undefined): string | undefined {
  return path?.split('/').at(-1);
}
