/** The shell command that connects a project's repository. */
export function connectCommand(origin: string, project: string): string {
  // Of what it leaves as it is, only these mean something to a shell.
  const path = encodeURIComponent(project).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `curl -X PUT "${origin}/api/repository?project=${path}" \\
  -H "Authorization: Bearer $SHIPLOG_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{ "url": "https://git.example/${path.replaceAll('%2F', '/')}.git" }'`;
}
