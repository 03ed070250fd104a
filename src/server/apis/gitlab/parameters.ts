import { isStorable } from '../../http/storable-text.ts';
import { dateTimeOf } from './date-time.ts';
import { type Parameter, type Presence, parameter, type Read, type Reading, Unfit } from './parameter.ts';

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;
export type Values<P> = { readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never };

const longestText = 65_536;

interface TextOptions extends Presence<string> {
  /** Whitespace alone is as good as nothing. */
  readonly blank?: false;
  /** Whitespace around it is not part of it. */
  readonly trim?: true;
  readonly maxLength?: number;
}

/** Numbers and booleans become text. */
export function text<const O extends TextOptions>(
  options: O = {} as O, // without any, all are absent
): Parameter<Read<string, O>> {
  const { blank, trim, maxLength = longestText } = options;
  const empty = blank === false ? { unfit: 'is empty', alsoMissing: 'is empty' } : { unfit: 'is empty' };
  return parameter<string, O>(options, {
    ...empty,
    coerce: (value, name) => {
      const given = textOf(value, name);
      const result = trim ? given.trim() : given;
      if (blank === false && result.trim() === '') throw new Unfit(`${name} is empty`);
      if (result.length <= maxLength) return result;
      throw new Unfit(`${name} is expected to have length less than or equal to ${maxLength}`);
    },
  });
}

interface IntegerOptions extends Presence<number> {
  readonly min?: number;
  readonly max?: number;
  readonly except?: number;
  /** Decimals are invalid. */
  readonly whole?: true;
}

/** Text with decimals is cut off, as GitLab does; what JavaScript cannot count exactly is invalid. */
export function integer<const O extends IntegerOptions>(options: O = {} as O): Parameter<Read<number, O>> {
  // without any, all are absent
  const { min = -Infinity, max = Infinity, except, whole } = options;
  return parameter<number, O>(options, {
    emptyIsNull: true,
    coerce: (value, name) => {
      const isNumber =
        typeof value === 'number' || (typeof value === 'string' && /^\s*[+-]?\d+(\.\d+)?\s*$/.test(value));
      const number = isNumber ? Math.trunc(Number(value)) + 0 : Number.NaN;
      if (!Number.isSafeInteger(number) || (whole && number !== Number(value))) throw new Unfit(`${name} is invalid`);
      if (number === except) throw new Unfit(`${name} has a value not allowed`);
      if (number < min || number > max) throw new Unfit(`${name} does not have a valid value`);
      return number;
    },
  });
}

const trueWords = new Set<unknown>([
  true,
  1,
  '1',
  't',
  'T',
  'true',
  'True',
  'TRUE',
  'y',
  'Y',
  'yes',
  'Yes',
  'YES',
  'on',
  'On',
  'ON',
]);
const falseWords = new Set<unknown>([
  false,
  0,
  '0',
  'f',
  'F',
  'false',
  'False',
  'FALSE',
  'n',
  'N',
  'no',
  'No',
  'NO',
  'off',
  'Off',
  'OFF',
]);

export function boolean<const O extends Presence<boolean>>(
  options: O = {} as O, // without any, all are absent
): Parameter<Read<boolean, O>> {
  return parameter<boolean, O>(options, {
    emptyIsNull: true,
    coerce: (value, name) => {
      if (trueWords.has(value)) return true;
      if (falseWords.has(value)) return false;
      throw new Unfit(`${name} is invalid`);
    },
  });
}

/** Epoch milliseconds. A date alone is its midnight in UTC; a bare number is invalid. */
export function dateTime<const O extends Presence<number>>(
  options: O = {} as O, // without any, all are absent
): Parameter<Read<number, O>> {
  return parameter<number, O>(options, {
    emptyIsNull: true,
    coerce: (value, name) => {
      const at = typeof value === 'string' ? dateTimeOf(value) : undefined;
      if (at === undefined) throw new Unfit(`${name} is invalid`);
      return at;
    },
  });
}

/** One of the words, exactly as written. Empty is none of them. */
export function choice<const W extends readonly string[], const O extends Presence<W[number]>>(
  words: W,
  options: O = {} as O, // without any, all are absent
): Parameter<Read<W[number], O>> {
  const unfit = 'does not have a valid value';
  return parameter<W[number], O>(options, {
    unfit,
    alsoMissing: unfit,
    coerce: (value, name) => {
      const word = textOf(value, name);
      if (words.includes(word)) return word;
      throw new Unfit(`${name} ${unfit}`);
    },
  });
}

/** A parameter that no client may send: `text` says why. */
export function prohibited(text: string): Parameter<undefined> {
  return parameter<undefined, Record<never, never>>(
    {},
    {
      coerce: (_, name) => {
        throw new Unfit(`${name} ${text}`);
      },
    },
  );
}

const longestList = 1000;

/** A JSON array, `name[]=` repeated, or texts with commas between them. */
export function list<T, const O extends Presence<readonly T[]>>(
  item: Parameter<T>,
  options: O = {} as O, // without any, all are absent
): Parameter<Read<readonly T[], O>> {
  return parameter<readonly T[], O>(options, {
    coerce: (value, name) => {
      const items = itemsOf(value);
      if (!items || items.length > longestList) throw new Unfit(`${name} is invalid`);
      return together(items.map((each, index) => item.read(each, `${name}[${index}]`)));
    },
  });
}

/** Values by name: a JSON object, or `name[field]=`. */
export function record<F extends Parameters, const O extends Presence<Values<F>>>(
  fields: F,
  options: O = {} as O, // without any, all are absent
): Parameter<Read<Values<F>, O>> {
  return parameter<Values<F>, O>(options, {
    coerce: (value, name) => {
      if (!isRecord(value)) throw new Unfit(`${name} is invalid`);
      const reading = readParameters(fields, value, (field) => `${name}[${field}]`);
      if ('errors' in reading) throw new Unfit(...reading.errors);
      return reading.value;
    },
  });
}

/** Reads all declared parameters in the order of their declaration; others are ignored. */
export function readParameters<P extends Parameters>(
  parameters: P,
  given: Readonly<Record<string, unknown>>,
  nameOf = (field: string) => field,
): Reading<Values<P>> {
  const values: Record<string, unknown> = {};
  const errors: string[] = [];
  for (const [name, { read }] of Object.entries(parameters)) {
    const reading = read(Object.hasOwn(given, name) ? given[name] : undefined, nameOf(name));
    if ('errors' in reading) errors.push(...reading.errors);
    else values[name] = reading.value;
  }
  return errors.length > 0 ? { errors } : { value: values as Values<P> }; // read by its own parameters
}

function together<T>(readings: readonly Reading<T>[]): T[] {
  const errors = readings.flatMap((reading) => ('errors' in reading ? reading.errors : []));
  if (errors.length > 0) throw new Unfit(...errors);
  return readings.flatMap((reading) => ('value' in reading ? [reading.value] : []));
}

function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return value === '' ? [] : value.split(',');
  // Some clients number the items of a form: `name[0][field]=`.
  const isNumbered = isRecord(value) && Object.keys(value).every((key) => /^\d+$/.test(key));
  return isNumbered ? Object.values(value) : undefined;
}

function textOf(value: unknown, name: string): string {
  if (typeof value === 'object') throw new Unfit(`${name} is invalid`);
  const result = String(value);
  if (!isStorable(result)) throw new Unfit(`${name} is invalid`);
  return result;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
