import { acceptedNativeStatuses } from '../../contract/statuses.ts';
import { UsageError } from '../failure.ts';

/** What CI tools call the outcome of a job, so that their variable can be passed on as it is. In lower case. */
const ciWords: ReadonlyMap<string, string> = new Map([
  ['running', 'in-progress'],
  ['in_progress', 'in-progress'],
  ['started', 'in-progress'],
  ['passed', 'success'],
  ['succeeded', 'success'],
  ['succeededwithissues', 'success'],
  ['failed', 'failure'],
  ['error', 'failure'],
  ['unstable', 'failure'],
  ['not_built', 'cancelled'],
  ['canceled', 'cancelled'],
  ['aborted', 'cancelled'],
]);

export function nativeStatus(word: string): string {
  const plain = word.toLowerCase();
  const status = acceptedNativeStatuses.find((name) => name === plain) ?? ciWords.get(plain);
  if (!status) throw new UsageError(`--status: expected one of ${acceptedNativeStatuses.join(', ')}, not "${word}"`);
  return status;
}
