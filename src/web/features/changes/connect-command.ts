import { pathInShell } from '../../lib/shell-text.ts';

/** The shell command that connects a project's repository. */
export function connectCommand(origin: string, project: string): string {
  const path = pathInShell(project);
  return `curl -X PUT "${origin}/api/repository?project=${path}" \\
  -H "Authorization: Bearer $SHIPLOG_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{ "url": "https://git.example/${path.replaceAll('%2F', '/')}.git" }'`;
}
