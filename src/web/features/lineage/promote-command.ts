import { projectAt } from '../../../contract/project-path.ts';
import { shellWord } from '../../lib/shell-text.ts';

/** Shell commands that tell of a promotion: by `shiplog record`, and by any tool that can post. */
export function promoteCommands(origin: string, project: string): { readonly record: string; readonly curl: string } {
  const { namespace: group, service } = projectAt(project);
  const namespace = group === '' ? undefined : group;
  const body = JSON.stringify(
    {
      deployment_id: 'production-42',
      ...(namespace === undefined ? {} : { namespace }),
      service,
      environment: 'production',
      status: 'success',
      version: '1.4.0',
      happened_at: 'NOW',
      parent_deployments: ['staging-41'],
    },
    null,
    2,
  );
  const sent = shellWord(body).replace('NOW', `'"$(date -u +%FT%TZ)"'`);
  return {
    record: `SHIPLOG_URL=${origin} shiplog record \\
${namespace === undefined ? '' : `  --namespace ${shellWord(namespace)} \\\n`}  --service ${shellWord(service)} --environment production --status success \\
  --version 1.4.0 --deployment-id production-42 --parent staging-41`,
    curl: `curl -X POST ${origin}/api/deployments \\
  -H "Authorization: Bearer $SHIPLOG_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d ${sent}`,
  };
}
