import type { DemoService } from './catalogue.ts';
import type { Random } from './random.ts';

/** What the service's tool would call one run of its pipeline. */
export interface RunIdentity {
  readonly deployment_id: string;
  readonly run_url: string;
  readonly run_number: number;
}

export function runIdentity(
  service: Pick<DemoService, 'namespace' | 'name' | 'tool'>,
  runNumber: number,
  random: Random,
): RunIdentity {
  const { namespace, name } = service;
  const id = random.integer(1_000_000, 9_999_999) * 100 + (runNumber % 100);
  switch (service.tool) {
    case 'github':
      return {
        deployment_id: `gh-${id}-1`,
        run_url: `https://github.example.com/${namespace}/${name}/actions/runs/${id}`,
        run_number: runNumber,
      };
    case 'gitlab':
      return {
        deployment_id: `gl-${id}`,
        run_url: `https://gitlab.example.com/${namespace}/${name}/-/pipelines/${id}`,
        run_number: runNumber,
      };
    case 'azure':
      return {
        deployment_id: `ado-${id}-1`,
        run_url: `https://azure.example.com/${namespace}/_build/results?buildId=${id}`,
        run_number: runNumber,
      };
    case 'jenkins':
      return {
        deployment_id: `jenkins-${namespace}-${name}-deploy-${runNumber}`,
        run_url: `https://jenkins.example.com/job/${namespace}/job/${name}-deploy/${runNumber}/`,
        run_number: runNumber,
      };
    default:
      return service.tool satisfies never;
  }
}
