interface Target {
  /** Where this server is. */
  readonly origin: string;
  /** Absent: the command reads it from SHIPLOG_TOKEN. */
  readonly token: string | undefined;
}

/** Reports a deployment by curl alone. */
export function curlCommand({ origin, token }: Target): string {
  return `curl -X POST ${origin}/api/deployments \\
  -H "X-Api-Key: ${token ?? '$SHIPLOG_TOKEN'}" \\
  -H "Content-Type: application/json" \\
  -d '{
    "deployment_id": "by-hand-'"$(date +%s)"'",
    "service": "checkout",
    "environment": "production",
    "version": "1.0.0",
    "status": "success",
    "happened_at": "'"$(date -u +%Y-%m-%dT%H:%M:%SZ)"'"
  }'`;
}

/** The same by the command line. */
export function shiplogCommand({ origin, token }: Target): string {
  const tokenLine = token === undefined ? '' : `export SHIPLOG_TOKEN=${token}\n`;
  return `export SHIPLOG_URL=${origin}
${tokenLine}shiplog record --service checkout --environment production \\
  --version 1.0.0 --status success`;
}
