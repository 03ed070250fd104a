/** The shell command that reports a first deployment. Without a token it reads one from SHIPLOG_TOKEN. */
export function firstCommand(origin: string, token: string | undefined): string {
  return `curl -X POST ${origin}/api/deployments \\
  -H "X-Api-Key: ${token ?? '$SHIPLOG_TOKEN'}" \\
  -H "Content-Type: application/json" \\
  -d '{
    "deployment_id": "first-deployment",
    "service": "checkout",
    "environment": "production",
    "version": "1.0.0",
    "status": "success",
    "happened_at": "'"$(date -u +%Y-%m-%dT%H:%M:%SZ)"'"
  }'`;
}
