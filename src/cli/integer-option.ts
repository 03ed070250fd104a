import { UsageError } from './failure.ts';

/** A parser for an option that takes a whole number. */
export function integerOption(flag: string, low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= low && value <= high) return value;
    const range = high === Number.MAX_SAFE_INTEGER ? `of at least ${low}` : `from ${low} to ${high}`;
    throw new UsageError(`${flag}: expected an integer ${range}, not "${text}"`);
  };
}
