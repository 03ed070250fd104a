import { ShiplogError, UnreachableError } from '../client/shiplog-error.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

/** The command was called in a way that cannot work. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UsageError';
  }
}

/** A command that has told the user all there is to tell and only needs to end with a code. */
export class CommandFailed extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommandFailed';
    this.exitCode = exitCode;
  }
}

/** Worth another try: no answer came, or the server said that it cannot answer now. */
export function isTransient(error: unknown): boolean {
  if (error instanceof UnreachableError) return true;
  return error instanceof ShiplogError && (error.status >= 500 || error.status === 429 || error.status === 408);
}

export interface Failure {
  /** For people: what went wrong, the fields concerned, and what to do where that is known. */
  readonly message: string;
  readonly exitCode: ExitCode;
}

export function explainFailure(error: unknown): Failure {
  if (error instanceof UsageError) return { message: error.message, exitCode: exitCodes.usage };
  if (error instanceof CommandFailed) return { message: error.message, exitCode: error.exitCode };
  if (error instanceof UnreachableError)
    return { message: withHint(error.message, unreachableHint), exitCode: exitCodes.unreachable };
  if (error instanceof ShiplogError) {
    const exitCode = isTransient(error) ? exitCodes.unreachable : exitCodes.refused;
    return { message: withHint(refusal(error), isWithoutToken(error) ? tokenHint : undefined), exitCode };
  }
  if (isSettingFault(error)) return { message: error.message, exitCode: exitCodes.usage };
  return { message: error instanceof Error ? error.message : String(error), exitCode: exitCodes.failure };
}

const unreachableHint = 'Is it running? Start one with `shiplog serve`, or name yours with --server or SHIPLOG_URL.';

const tokenHint = 'Give a token with --token or SHIPLOG_TOKEN; `shiplog token create` makes one.';

function isWithoutToken({ status, problem }: ShiplogError): boolean {
  return status === 401 && problem?.code !== 'credentials_wrong';
}

/** The server's words, its status, and one indented line for each field. */
function refusal(error: ShiplogError): string {
  const [first = '', ...fields] = error.message.split('\n');
  const head = error.problem ? `${first} (${error.status})` : first;
  return [head, ...fields.map((field) => `  ${field}`)].join('\n');
}

function withHint(message: string, hint: string | undefined): string {
  return hint ? `${message}\n${hint}` : message;
}

/** The server is loaded lazily, so its fault class is not at hand here: it is known by its name and code. */
function isSettingFault(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ShiplogFault' && 'code' in error && error.code === 'setting_invalid';
}
