import type { Matrix } from '../../../contract/matrix.ts';
import { projectName } from '../../lib/project-name.ts';

/** A project to show the command with: the first that was ever deployed to production, else any name. */
export function exampleOf(matrix: Matrix | undefined): { readonly project: string; readonly environment: string } {
  const production = matrix?.columns.filter(({ tier }) => tier === 'production').map(({ name }) => name) ?? [];
  for (const row of matrix?.rows ?? []) {
    const environment = production.find((name) => Object.hasOwn(row.slots, name));
    if (environment !== undefined) return { project: projectName(row), environment };
  }
  return { project: 'my-group/my-project', environment: 'production' };
}

/** The shell command that makes deployments to an environment wait for a maintainer's approval. */
export function protectCommand(origin: string, project: string, environment: string): string {
  const name = JSON.stringify(environment).replaceAll("'", "'\\''");
  // Of what it leaves as it is, only these mean something to a shell.
  const path = encodeURIComponent(project).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `curl -X POST ${origin}/api/v4/projects/${path}/protected_environments \\
  -H "PRIVATE-TOKEN: $SHIPLOG_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{
    "name": ${name},
    "deploy_access_levels": [{ "access_level": 30 }],
    "approval_rules": [{ "access_level": 40, "required_approvals": 1 }]
  }'`;
}
