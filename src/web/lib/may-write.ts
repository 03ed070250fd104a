import type { Session } from '../../contract/access.ts';

/**
 * Whether the reader came by something that may only read. One whose session has just ended is no such reader: what they
 * are typing stays until they are back.
 */
export function mayOnlyRead(session: Session | undefined): boolean {
  return session?.signed_in === true && !mayWrite(session);
}

/** Whether the reader's session may change anything; what exactly, the server decides each time. */
export function mayWrite(session: Session | undefined): boolean {
  return session?.signed_in === true && session.scopes.some((scope) => scope === 'api' || scope === 'admin');
}
