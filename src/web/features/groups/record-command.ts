/** Records the first deployment of a project in a namespace. */
export function recordCommand(origin: string, namespace: string): string {
  return [
    `export SHIPLOG_URL=${origin}`,
    `shiplog record --namespace ${namespace} --service "$SERVICE" --environment production \\`,
    '  --status success --version "$VERSION"',
  ].join('\n');
}
