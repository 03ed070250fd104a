/** SQLSTATE classes and codes that mean the server is away, stopping, full or overloaded, rather than our mistake. */
const unavailableStates = /^(08|53|57|58|25006|25P03|55P03|40P01|40001)/;
const networkCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
]);
/** pg throws these without a code. */
const messages = /terminat|timeout|connection|not queryable|Cannot use a pool/i;

/** Whether an error of `pg` means that the database cannot serve now. */
export function postgresUnavailable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(postgresUnavailable);
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (code === '') return messages.test(error.message);
  return networkCodes.has(code) || unavailableStates.test(code);
}
