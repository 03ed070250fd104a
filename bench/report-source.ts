import type { DeploymentReport } from '../src/contract/deployment-event.ts';

/** Reports of twelve fields, spread over services and environments, two to a deployment: no two alike. */
export function reportSource(services = 200): () => DeploymentReport {
  const environments = ['dev', 'qa', 'staging', 'production'];
  const run = Math.random().toString(36).slice(2, 8);
  const start = Date.now() - 3_600_000;
  let count = 0;
  return () => {
    const deployment = count >> 1;
    const service = deployment % services;
    const report: DeploymentReport = {
      deployment_id: `gh-${run}-${deployment}`,
      service: `service-${service}`,
      namespace: `team-${service % 12}`,
      environment: environments[Math.floor(deployment / services) % environments.length] ?? 'dev',
      status: count % 2 === 0 ? 'in-progress' : 'success',
      happened_at: new Date(start + count).toISOString(),
      version: `1.${deployment % 90}.${deployment % 17}`,
      run_url: `https://ci.example/acme/service-${service}/runs/${deployment}`,
      run_number: deployment % 100_000,
      actor: 'deploy-bot',
      ref: 'refs/heads/main',
      sha: (deployment * 2_654_435_761).toString(16).padStart(40, '0').slice(-40),
    };
    count += 1;
    return report;
  };
}
