import { describe, expect, it } from 'vitest';
import { limits } from '../../contract/limits.ts';
import { UsageError } from '../failure.ts';
import { buildReport, type ReportFlags } from './build-report.ts';

const now = Date.parse('2026-11-20T21:47:00Z');

const github = {
  GITHUB_ACTIONS: 'true',
  GITHUB_RUN_ID: '7',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_RUN_NUMBER: '3',
  GITHUB_REPOSITORY: 'acme/checkout',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REF_NAME: 'main',
  GITHUB_SHA: 'abc',
  GITHUB_ACTOR: 'maya',
};

function build(flags: ReportFlags, environment: Record<string, string> = {}) {
  return buildReport(flags, { environment, now, newDeploymentId: () => 'cli-new' }).report;
}

describe('a report', () => {
  it('holds what was given, and now as its moment', () => {
    expect(
      build({ service: 'checkout', environment: 'qa', status: 'success', version: '1.8.2', parent: ['a', 'b', 'a'] }),
    ).toEqual({
      deployment_id: 'cli-new',
      service: 'checkout',
      environment: 'qa',
      status: 'success',
      version: '1.8.2',
      happened_at: '2026-11-20T21:47:00.000Z',
      parent_deployments: ['a', 'b'],
    });
  });

  it('takes what is not given from the CI tool', () => {
    expect(build({ environment: 'qa', status: 'success' }, github)).toEqual({
      deployment_id: 'gh-7-1',
      service: 'checkout',
      environment: 'qa',
      status: 'success',
      happened_at: '2026-11-20T21:47:00.000Z',
      ref: 'main',
      sha: 'abc',
      run_url: 'https://github.com/acme/checkout/actions/runs/7',
      run_number: 3,
      actor: 'maya',
    });
  });

  it('prefers flags to SHIPLOG variables, and those to the CI tool', () => {
    const environment = {
      ...github,
      SHIPLOG_SERVICE: 'from-variable',
      SHIPLOG_ENVIRONMENT: 'staging',
      SHIPLOG_NAMESPACE: 'shop',
    };
    const report = build(
      {
        service: 'from-flag',
        status: 'success',
        ref: 'v1',
        sha: 'f00',
        actor: 'robot',
        runNumber: '9',
        runUrl: 'https://ci.example/9',
        deploymentId: 'mine',
      },
      environment,
    );
    expect(report).toMatchObject({
      deployment_id: 'mine',
      service: 'from-flag',
      environment: 'staging',
      namespace: 'shop',
      ref: 'v1',
      sha: 'f00',
      actor: 'robot',
      run_number: 9,
      run_url: 'https://ci.example/9',
    });
  });

  it('leaves out what a tool says and Shiplog would not take', () => {
    const report = build(
      { environment: 'qa', status: 'success' },
      { ...github, GITHUB_RUN_NUMBER: '20261120.3', GITHUB_SERVER_URL: 'not a url', GITHUB_ACTOR: 'x'.repeat(500) },
    );
    expect(report.run_number).toBeUndefined();
    expect(report.run_url).toBeUndefined();
    expect(report.actor).toHaveLength(128);
  });

  it.each([
    ['success', 'success'],
    ['Succeeded', 'success'],
    ['SucceededWithIssues', 'success'],
    ['SUCCESS', 'success'],
    ['failed', 'failure'],
    ['FAILURE', 'failure'],
    ['UNSTABLE', 'failure'],
    ['canceled', 'cancelled'],
    ['ABORTED', 'cancelled'],
    ['running', 'in-progress'],
    ['waiting', 'waiting'],
  ])('understands the word %s as %s', (word, status) => {
    expect(build({ service: 'a', environment: 'b', status: word }).status).toBe(status);
  });

  it('cuts what a tool says between characters, and counts as the server does', () => {
    const actor = '🚢'.repeat(200);
    const env = { DRONE: 'true', DRONE_COMMIT_AUTHOR: actor };
    const report = build({ service: 'a', environment: 'b', status: 'success', version: '🚢'.repeat(50) }, env);
    expect(report.actor).toMatch(/^(🚢)+$/u);
    expect([...(report.actor ?? '')]).toHaveLength(limits.actor);
    expect(new Blob([report.version ?? '']).size).toBe(200);
  });

  it.each<[string, ReportFlags, RegExp]>([
    ['no service', { environment: 'qa', status: 'success' }, /--service is needed/],
    ['no environment', { service: 'a', status: 'success' }, /--environment is needed/],
    ['no status', { service: 'a', environment: 'qa' }, /--status is needed/],
    ['an unknown status', { service: 'a', environment: 'qa', status: 'great' }, /--status: expected one of pending/],
    [
      'a moment without an offset',
      { service: 'a', environment: 'qa', status: 'success', happenedAt: '2026-11-20 21:47' },
      /--happened-at: expected/,
    ],
    [
      'a run number that is none',
      { service: 'a', environment: 'qa', status: 'success', runNumber: 'x' },
      /--run-number: expected/,
    ],
    [
      'a version that is too long',
      { service: 'a', environment: 'qa', status: 'success', version: 'v'.repeat(51) },
      /--version: at most 50/,
    ],
  ])('is not made from %s', (_, flags, message) => {
    expect(() => build(flags)).toThrow(UsageError);
    expect(() => build(flags)).toThrow(message);
  });
});
