import type { Token } from '../../../contract/access.ts';
import { projectAt } from '../../../contract/project-path.ts';
import { shellWord } from '../../lib/shell-text.ts';
import type { TokenHolder } from './token-holder.ts';

/** A shell command that a new token is tried out or put to use with, with the real address and the real token. */
export function firstUse({ scopes, token = '' }: Token, holder: TokenHolder, origin: string): string {
  const isReporter = scopes.some((scope) => scope !== 'read_api');
  const lines = [`export SHIPLOG_URL=${origin}`, `export SHIPLOG_TOKEN=${token}`];
  if (!isReporter) return [...lines, `curl -H "X-Api-Key: $SHIPLOG_TOKEN" "$SHIPLOG_URL/api/matrix"`].join('\n');
  return [...lines, `shiplog record ${placeFlags(holder)} \\`, '  --status success --version "$VERSION"'].join('\n');
}

function placeFlags(holder: TokenHolder): string {
  const environment = '--environment "$ENVIRONMENT"';
  if (holder.kind === 'user') return `--service "$SERVICE" ${environment}`;
  if (holder.kind === 'group') return `--namespace ${shellWord(holder.path)} --service "$SERVICE" ${environment}`;
  const { namespace, service } = projectAt(holder.path);
  const group = namespace === '' ? '' : `--namespace ${shellWord(namespace)} `;
  return `${group}--service ${shellWord(service)} ${environment}`;
}
