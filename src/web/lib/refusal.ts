import { ShiplogError, UnreachableError } from '../../client/shiplog-error.ts';

/** Why a change was refused, but for what its fields say themselves. */
export function refusalText(error: Error): string {
  if (error instanceof UnreachableError) return 'The server cannot be reached. What you entered is still here.';
  // Read once signed in again: the dialog that asks for it lies over the form until then.
  if (error instanceof ShiplogError && error.status === 401) {
    return 'Your session had ended, so nothing was changed. Press the button again.';
  }
  return error.message;
}

/** What is wrong with one field, `url` or `forge/token`, as the server says. */
export function fieldFault(error: ShiplogError | undefined, field: string): string | undefined {
  const faults = error?.problem?.errors?.filter(({ pointer }) => `${pointer}/`.startsWith(`/${field}/`)) ?? [];
  return faults.length === 0 ? undefined : faults.map(({ message }) => message).join('\n');
}
