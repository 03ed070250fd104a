import type { DeploymentReport } from '../../src/contract/deployment-event.ts';
import { report } from '../support/factories.ts';
import type { TestServer } from '../support/server.ts';

/** A project whose versions travel from dev to production, told with what each was promoted from. */
export interface PromotedProject {
  readonly path: string;
  /** Numbers by what was deployed where: `1.2.0 in production`. */
  readonly numbers: ReadonlyMap<string, number>;
}

const minuteMs = 60_000;

/**
 * 1.0.0 to 1.2.0 reached production, 1.2.0 was rolled back there by 1.1.0; 1.3.0 failed in production-us and runs in
 * production-eu; 1.4.0 is on its way to qa; its first deployment was promoted from an image of another project.
 */
export async function promoteProject({ client }: Pick<TestServer, 'client'>, path: string): Promise<PromotedProject> {
  const [service = path, namespace = ''] = path.split('/').reverse();
  const numbers = new Map<string, number>();
  let minutesAgo = 3000;
  const deploy = async (
    environment: string,
    version: string,
    parents: readonly string[],
    said: Partial<DeploymentReport> = {},
  ) => {
    const key = `${service}-${version}-${environment}-${numbers.size}`;
    const base = {
      ...report({ namespace, service, environment, version, deployment_id: key }),
      sha: `${version.replaceAll('.', '')}`.padEnd(40, 'a1b2c3d4e5'),
      ref: 'main',
      actor: 'release-lead',
      run_url: `https://ci.example/runs/${numbers.size}`,
      run_number: 700 + numbers.size,
      ...(parents.length > 0 ? { parent_deployments: [...parents] } : {}),
    };
    const at = (offset: number) => new Date(Date.now() - (minutesAgo - offset) * minuteMs).toISOString();
    const last = said.status ?? 'success';
    await client.record({ ...base, status: 'queued', happened_at: at(0) });
    await client.record({ ...base, status: 'in-progress', happened_at: at(2) });
    const { deployment_number: number } =
      last === 'in-progress'
        ? await client.record({ ...base, status: 'in-progress', happened_at: at(2) })
        : await client.record({ ...base, ...said, status: last, happened_at: at(5) });
    numbers.set(`${version} in ${environment}`, number);
    minutesAgo -= 100;
    return key;
  };
  const image = { service: 'base-image', environment: 'registry', version: '12.4', deployment_id: `image-${service}` };
  await client.record(
    report({ namespace, ...image, happened_at: new Date(Date.now() - 4000 * minuteMs).toISOString() }),
  );
  const old = await deploy('dev', '1.0.0', [`image-${service}`]);
  const oldStaging = await deploy('staging', '1.0.0', [await deploy('qa', '1.0.0', [old])]);
  await deploy('production-eu', '1.0.0', [oldStaging]);
  const mid = await deploy('staging', '1.1.0', [await deploy('qa', '1.1.0', [await deploy('dev', '1.1.0', [])])]);
  await deploy('production-eu', '1.1.0', [mid]);
  const bad = await deploy('staging', '1.2.0', [await deploy('dev', '1.2.0', [])]);
  await deploy('production-eu', '1.2.0', [bad]);
  await deploy('production-eu', '1.1.0', [mid], { actor: 'sre-oncall' });
  const staged = await deploy('staging', '1.3.0', [await deploy('qa', '1.3.0', [await deploy('dev', '1.3.0', [])])]);
  await deploy('production-us', '1.3.0', [staged], { status: 'failure' });
  await deploy('production-eu', '1.3.0', [staged]);
  minutesAgo = 9;
  const head = await deploy('dev', '1.4.0', []);
  minutesAgo = 4;
  await deploy('qa', '1.4.0', [head, 'hotfix-image-7'], { status: 'in-progress' });
  return { path, numbers };
}
