interface Occasion {
  readonly key: string;
  /** In a list of occasions: "Failed". */
  readonly word: string;
  readonly hint?: string;
  /** After the name and version of what was deployed. */
  readonly verb: string;
}

/** What one can be told of, in the order of the form. */
export const occasions: readonly Occasion[] = [
  { key: 'failure', word: 'Failed', verb: 'failed in' },
  { key: 'success', word: 'Succeeded', verb: 'is in' },
  { key: 'in-progress', word: 'Started', verb: 'is on its way to' },
  {
    key: 'approval',
    word: 'Waits for my approval',
    hint: 'Only where you may approve it.',
    verb: 'waits for your approval for',
  },
  { key: 'waiting', word: 'Waits for anybody’s approval', verb: 'waits for approval for' },
  { key: 'cancelled', word: 'Cancelled', verb: 'was cancelled in' },
  { key: 'rejected', word: 'Rejected', verb: 'was rejected for' },
];

/** `Failed, Rejected`. */
export function occasionWords(keys: readonly string[]): string {
  return occasions
    .filter(({ key }) => keys.includes(key))
    .map(({ word }) => word)
    .join(', ');
}
