import { ShiplogError } from '../../../client/shiplog-error.ts';
import { failureText } from '../../lib/refusal.ts';

/** A failure to sign in, in words that tell what to do. */
export function signInErrorText(error: Error, by: 'password' | 'token'): string {
  if (!(error instanceof ShiplogError)) return 'The server cannot be reached. Check the connection and try again.';
  if (error.status === 429) {
    const seconds = Math.ceil((error.retryAfterMs ?? 0) / 1000);
    return `Too many attempts. Try again ${seconds > 0 ? `in ${seconds} seconds` : 'in a minute'}.`;
  }
  if (error.status === 401 || error.status === 403) {
    return by === 'password' ? 'The user name or the password is wrong.' : 'This token is unknown, expired or revoked.';
  }
  return failureText(error);
}

const fieldNames: ReadonlyMap<string, string> = new Map([
  ['/current_password', 'The current password'],
  ['/new_password', 'The new password'],
]);

/** A refusal of a new password, as sentences about the fields that the form shows. */
export function newPasswordErrorText(error: Error): string {
  const fields = error instanceof ShiplogError ? (error.problem?.errors ?? []) : [];
  const sentences = fields.map(({ pointer, message }) => `${fieldNames.get(pointer) ?? 'A field'} ${message}.`);
  return sentences.length > 0 ? sentences.join(' ') : signInErrorText(error, 'password');
}
