import { invalid } from '../../errors.ts';

/** Where the next page of a list begins, as text that means nothing to its reader. */
export function cursorText(...numbers: readonly number[]): string {
  return Buffer.from(numbers.join('.')).toString('base64url');
}

/** The numbers of a cursor. Throws `validation_failed` where it is none of a list with so many. */
export function cursorNumbers(text: string, count: 2): readonly [number, number];
export function cursorNumbers(text: string, count: 3): readonly [number, number, number];
export function cursorNumbers(text: string, count: number): readonly number[] {
  const parts = Buffer.from(text, 'base64url').toString().split('.');
  if (parts.length !== count || parts.some((part) => !/^-?\d{1,16}$/.test(part))) {
    throw invalid([{ pointer: '/cursor', message: 'is not a cursor of this list' }]);
  }
  return parts.map(Number);
}
