import type { Session } from '../../contract/access.ts';

/** Whether the reader's session may change anything; what exactly, the server decides each time. */
export function mayWrite(session: Session | undefined): boolean {
  return session?.signed_in === true && session.scopes.some((scope) => scope === 'api' || scope === 'admin');
}
