import { ShiplogError, UnreachableError } from '../../client/shiplog-error.ts';

/** Why a change was refused, but for what its fields say themselves. */
export function refusalText(error: Error): string {
  if (error instanceof UnreachableError && isTimeout(error.cause)) {
    return 'The server did not answer in time. It may have done it all the same: look before you try again. What you entered is still here.';
  }
  if (error instanceof UnreachableError) return 'The server cannot be reached. What you entered is still here.';
  // Read once signed in again: the dialog that asks for it lies over the form until then.
  if (isStatus(error, 401)) return 'Your session had ended, so nothing was changed. Press the button again.';
  return serverWords(error);
}

/** Why something could not be read. What the server says to scripts, such as which header to send, is no help here. */
export function failureText(error: Error): string {
  if (error instanceof UnreachableError) return 'The server cannot be reached.';
  if (isStatus(error, 401)) return 'You are not signed in, or your session has ended. Sign in, then try again.';
  return serverWords(error);
}

/** What is wrong with one field, `url` or `forge/token`, as the server says. */
export function fieldFault(error: Error | null, field: string): string | undefined {
  const told = error instanceof ShiplogError ? (error.problem?.errors ?? []) : [];
  const faults = told.filter(({ pointer }) => `${pointer}/`.startsWith(`/${field}/`));
  return faults.length === 0 ? undefined : faults.map(({ message }) => sentence(message)).join('\n');
}

/** What the server says of a field goes on from its name: `has already been taken`. */
function sentence(message: string): string {
  if (!/^[a-z]/.test(message)) return message;
  return /^there /.test(message) ? `T${message.slice(1)}.` : `It ${message}.`;
}

/** Why a change was refused; undefined where it was not, or where one of these fields says so itself. */
export function refusalBesides(fields: readonly string[], error: Error | null): string | undefined {
  if (!error || fields.some((field) => fieldFault(error, field) !== undefined)) return undefined;
  return refusalText(error);
}

/** Whether the reader may not have the answer, which time alone does not change. What is not there (404) may come to be. */
export function isRefused(error: Error | null): boolean {
  return isStatus(error, 401) || isStatus(error, 403);
}

/** Whether the server answered so. */
export function isStatus(error: Error | null, status: number): boolean {
  return error instanceof ShiplogError && error.status === status;
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === 'TimeoutError';
}

/** The pointers of fields are for scripts: people read their last part. */
function serverWords(error: Error): string {
  if (!(error instanceof ShiplogError) || !error.problem?.errors) return error.message;
  const { detail, title, errors } = error.problem;
  const fields = errors.map(({ pointer, message }) => `${pointer.split('/').at(-1)?.replaceAll('_', ' ')} ${message}`);
  return [detail ?? title, ...fields.map((field) => field.trim())].join('\n');
}
