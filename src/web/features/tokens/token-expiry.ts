const dayMs = 86_400_000;

/** When a token ends, as the form holds it: after so many days, never, or with a day of its own. */
export interface Expiry {
  readonly choice: ExpiryChoice;
  /** `yyyy-mm-dd`, for the choice `on`. */
  readonly day: string;
}

export const expiryChoices = ['7', '30', '90', '365', 'on', 'never'] as const;
export type ExpiryChoice = (typeof expiryChoices)[number];

export const expiryWords: Readonly<Record<ExpiryChoice, string>> = {
  '7': 'In 7 days',
  '30': 'In 30 days',
  '90': 'In 90 days',
  '365': 'In a year',
  on: 'After a day of your choice',
  never: 'Never',
};

/**
 * The moment, epoch milliseconds: a day that was chosen is the last one. undefined: never, or no day is chosen yet.
 * Counted from when the form was opened, so that who presses twice asks for the same.
 */
export function expiryMoment({ choice, day }: Expiry, openedAt: number): number | undefined {
  if (choice === 'never') return undefined;
  if (choice !== 'on') return openedAt + Number(choice) * dayMs;
  const end = new Date(`${day}T23:59:59`).getTime();
  return Number.isNaN(end) ? undefined : end;
}

/** The day of a moment in the reader's zone, `yyyy-mm-dd`. */
export function dayText(moment: number): string {
  const date = new Date(moment);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}
