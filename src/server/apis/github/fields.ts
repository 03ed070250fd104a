import { isStorable } from '../../http/storable-text.ts';
import { type FieldFault, validationFailed } from './answers.ts';

/** One declared field of a body. `T` has undefined where it may be absent, null where it may be cleared. */
export interface Field<T> {
  /** Reads what was given, undefined where nothing was. Throws Unfit. */
  read(given: unknown, name: string): T;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;
export type FieldValues<F> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

interface Presence<T> {
  readonly required?: true;
  /** null is taken, and means: cleared. Otherwise it counts as not given. */
  readonly nullable?: true;
  /** Stands where nothing is given. */
  readonly fallback?: T;
}

type Sure = { readonly required: true } | { readonly fallback: unknown };
type Read<T, O> = T | (O extends Sure ? never : undefined) | (O extends { nullable: true } ? null : never);

/** What is wrong with one field. */
export class Unfit {
  readonly fault: FieldFault;

  constructor(fault: FieldFault) {
    this.fault = fault;
  }
}

const longestText = 65_536;

/** Numbers become text, as forms make text of everything. `form`: what it must look like, and how that is said. */
export function text<
  const O extends Presence<string> & {
    readonly maxLength?: number;
    readonly form?: readonly [pattern: RegExp, message: string];
  },
>(options: O = {} as O): Field<Read<string, O>> {
  // without any, it may be absent
  const { maxLength = longestText, form } = options;
  return field<string, O>(options, (value, name) => {
    const result = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
    if (typeof result !== 'string') throw unfit(name, 'is not a string.');
    if (!isStorable(result)) throw unfit(name, 'has what is no character: NUL, or half of a surrogate pair');
    if (isLonger(result, maxLength)) throw unfit(name, `is too long (maximum is ${maxLength} characters)`);
    if (form && result !== '' && !form[0].test(result)) throw unfit(name, form[1]);
    if (options.required && result.trim() === '') throw new Unfit({ field: name, code: 'missing_field' });
    return result;
  });
}

export function boolean<const O extends Presence<boolean>>(options: O = {} as O): Field<Read<boolean, O>> {
  // without any, it may be absent
  return field<boolean, O>(options, (value, name) => {
    const known = new Map<unknown, boolean>([
      [true, true],
      ['true', true],
      [false, false],
      ['false', false],
    ]).get(value);
    if (known === undefined) throw unfit(name, 'is not a boolean.');
    return known;
  });
}

export function integer<const O extends Presence<number> & { readonly min?: number; readonly max?: number }>(
  options: O = {} as O, // without any, it may be absent
): Field<Read<number, O>> {
  const { min = -Infinity, max = Infinity } = options;
  return field<number, O>(options, (value, name) => {
    const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw unfit(name, 'is not an integer.');
    if (number < min || number > max) throw unfit(name, `must be between ${min} and ${max}`);
    return number;
  });
}

/** One of the words, exactly as written. */
export function choice<const W extends readonly string[], const O extends Presence<W[number]>>(
  words: W,
  options: O = {} as O, // without any, it may be absent
): Field<Read<W[number], O>> {
  return field<W[number], O>(options, (value, name) => {
    const word = words.find((each) => each === value);
    if (word === undefined)
      throw new Unfit({ field: name, code: 'invalid', message: `${name} must be one of ${words.join(', ')}` });
    return word;
  });
}

/** A JSON array; a single value of a form is a list of one. */
export function list<T, const O extends Presence<readonly T[]> & { readonly maxItems?: number }>(
  item: Field<T>,
  options: O = {} as O, // without any, it may be absent
): Field<Read<readonly T[], O>> {
  const { maxItems = 1000 } = options;
  return field<readonly T[], O>(options, (value, name) => {
    const items = Array.isArray(value) ? (value as unknown[]) : typeof value === 'string' ? [value] : undefined;
    if (!items) throw unfit(name, 'is not an array.');
    if (items.length > maxItems) throw unfit(name, `has too many items (maximum is ${maxItems})`);
    return items.map((each, index) => item.read(each ?? undefined, `${name}[${index}]`));
  });
}

/** A JSON object with fields of its own; others are ignored. */
export function record<F extends Fields, const O extends Presence<FieldValues<F>>>(
  inner: F,
  options: O = {} as O, // without any, it may be absent
): Field<Read<FieldValues<F>, O>> {
  return field<FieldValues<F>, O>(options, (value, name) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unfit(name, 'is not an object.');
    const given = value as Readonly<Record<string, unknown>>; // just seen to be one
    const read = Object.entries(inner).map(([key, each]) => [key, each.read(own(given, key), `${name}.${key}`)]);
    return Object.fromEntries(read) as FieldValues<F>; // read by its own fields
  });
}

/** Any JSON that `check` takes: it throws Unfit, or answers what it is. */
export function json<T, const O extends Presence<T>>(
  check: (value: unknown, name: string) => T,
  options: O = {} as O, // without any, it may be absent
): Field<Read<T, O>> {
  return field<T, O>(options, check);
}

/** Characters are counted, of which some are two units of a text. */
function isLonger(value: string, characters: number): boolean {
  return value.length > characters && (value.length > 2 * characters || [...value].length > characters);
}

/** A fault whose message begins with the name of the field: `description is too long`. */
export function unfit(name: string, what: string): Unfit {
  return new Unfit({ field: name, code: 'custom', message: `${name} ${what}` });
}

/** Reads the declared fields of a body; others are ignored. Throws one 422 that tells of all that is wrong. */
export function fields<F extends Fields>(
  body: Readonly<Record<string, unknown>>,
  resource: string,
  declared: F,
): FieldValues<F> {
  const values: Record<string, unknown> = {};
  const faults: FieldFault[] = [];
  for (const [name, { read }] of Object.entries(declared)) {
    try {
      values[name] = read(own(body, name), name);
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      faults.push(error.fault);
    }
  }
  if (faults.length === 0) return values as FieldValues<F>; // read by its own fields
  const missing = faults.filter(({ code }) => code === 'missing_field').map(({ field: name }) => `"${name}"`);
  const wanting = missing.length === 1 ? `${missing[0]} wasn't supplied.` : `${missing.join(', ')} weren't supplied.`;
  throw validationFailed(resource, faults, missing.length === 0 ? undefined : `Invalid request.\n\n${wanting}`);
}

function own(given: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(given, name) ? given[name] : undefined;
}

function field<T, const O extends Presence<T>>(
  { required, nullable, fallback }: O,
  coerce: (value: unknown, name: string) => T,
): Field<Read<T, O>> {
  const read = (given: unknown, name: string) => {
    if (given === null && nullable) return null;
    if (given !== undefined && given !== null) return coerce(given, name);
    if (required) throw new Unfit({ field: name, code: 'missing_field' });
    return fallback;
  };
  return { read } as Field<Read<T, O>>; // Presence says of which options undefined and null come
}
