import { projectAt } from '../../../contract/project-path.ts';
import { jsonInShell, shellWord } from '../../lib/shell-text.ts';

interface Target {
  /** Where this server is. */
  readonly origin: string;
  /** The path of what is deployed. */
  readonly project: string;
  /** Absent: the command reads it from SHIPLOG_TOKEN. */
  readonly token: string | undefined;
}

/** Reports a deployment by curl alone. */
export function curlCommand({ origin, project, token }: Target): string {
  const { namespace, service } = projectAt(project);
  const group = namespace === '' ? '' : `\n    "namespace": ${jsonInShell(namespace)},`;
  return `curl -X POST ${origin}/api/deployments \\
  -H "X-Api-Key: ${token ?? '$SHIPLOG_TOKEN'}" \\
  -H "Content-Type: application/json" \\
  -d '{
    "deployment_id": "by-hand-'"$(date +%s)"'",${group}
    "service": ${jsonInShell(service)},
    "environment": "production",
    "version": "1.0.0",
    "status": "success",
    "happened_at": "'"$(date -u +%Y-%m-%dT%H:%M:%SZ)"'"
  }'`;
}

/** The same by the command line. */
export function shiplogCommand({ origin, project, token }: Target): string {
  const { namespace, service } = projectAt(project);
  const group = namespace === '' ? '' : `--namespace ${shellWord(namespace)} `;
  const tokenLine = token === undefined ? '' : `export SHIPLOG_TOKEN=${token}\n`;
  return `export SHIPLOG_URL=${origin}
${tokenLine}shiplog record ${group}--service ${shellWord(service)} --environment production \\
  --version 1.0.0 --status success`;
}
