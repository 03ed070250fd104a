import { projectAt } from '../../contract/project-path.ts';
import { jsonInShell } from './shell-text.ts';

/** The shell command that reports a first deployment of a project, with a token from SHIPLOG_TOKEN. */
export function reportCommand(origin: string, project: string): string {
  const { namespace, service } = projectAt(project);
  const named = namespace === '' ? '' : `"namespace": ${jsonInShell(namespace)}, `;
  return `curl -X POST ${origin}/api/deployments \\
  -H "X-Api-Key: $SHIPLOG_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{
    ${named}"service": ${jsonInShell(service)},
    "environment": "production",
    "deployment_id": "first-deployment",
    "version": "1.0.0",
    "status": "success",
    "happened_at": "'"$(date -u +%Y-%m-%dT%H:%M:%SZ)"'"
  }'`;
}
