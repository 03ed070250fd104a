/**
 * One declared parameter: GitLab's clients send numbers and booleans as text as often as not, so what comes is coerced,
 * not strictly checked. `T` has undefined where it may be absent, null where it may be cleared.
 */
export interface Parameter<T> {
  /** Reads what was given, undefined where nothing was. `name` is how errors call it. */
  read(given: unknown, name: string): Reading<T>;
}

/** Either a value, or what is wrong with it, each text a whole message. */
export type Reading<T> = { readonly value: T } | { readonly errors: readonly string[] };

export interface Presence<T> {
  readonly required?: true;
  /** null is taken, and means: cleared. Otherwise it counts as not given. */
  readonly nullable?: true;
  /** Stands where nothing is given. */
  readonly fallback?: T;
}

type Sure = { readonly required: true } | { readonly fallback: unknown };
/** What a parameter of `T` reads with options `O`. */
export type Read<T, O> = T | (O extends Sure ? never : undefined) | (O extends { nullable: true } ? null : never);

/** Thrown by a coercion. Each text is a whole message. */
export class Unfit {
  readonly errors: readonly string[];

  constructor(...errors: string[]) {
    this.errors = errors;
  }
}

interface Kind<T> {
  /** Throws Unfit. Never called with undefined or null. */
  coerce(value: unknown, name: string): T;
  /** Told of null where a value is required. */
  readonly unfit?: string;
  /** Told, beside that it is missing, of a required one. */
  readonly alsoMissing?: string;
  /** Whether an empty text counts as null. */
  readonly emptyIsNull?: true;
}

/** A parameter from its options and its kind. */
export function parameter<T, const O extends Presence<T>>(options: O, kind: Kind<T>): Parameter<Read<T, O>> {
  const { required, nullable, fallback } = options;
  const { unfit = 'is invalid', alsoMissing, emptyIsNull } = kind;
  const whenMissing = alsoMissing === undefined ? ['is missing'] : ['is missing', alsoMissing];
  const read = (given: unknown, name: string): Reading<unknown> => {
    const isNull = given === null || (emptyIsNull && given === '');
    if (given === undefined && required) return { errors: whenMissing.map((text) => `${name} ${text}`) };
    if (isNull && nullable) return { value: null };
    if (isNull && required) return { errors: [`${name} ${unfit}`] };
    if (given === undefined || isNull) return { value: fallback };
    return coerced(kind, given, name);
  };
  return { read } as Parameter<Read<T, O>>; // Presence says of which options undefined and null come
}

function coerced<T>(kind: Kind<T>, given: unknown, name: string): Reading<T> {
  try {
    return { value: kind.coerce(given, name) };
  } catch (error) {
    if (error instanceof Unfit) return { errors: error.errors };
    throw error;
  }
}

/** What templates of tools render where they have nothing to say: nothing, or what Go's say for a missing field. */
const blanks: ReadonlySet<unknown> = new Set(['', '<no value>']);

/** The same parameter, for which what a template renders where it has no value counts as not given. */
export function unlessBlank<T>({ read }: Parameter<T>): Parameter<T> {
  return {
    read: (given, name) => {
      const isBlank = typeof given === 'string' && blanks.has(given.trim());
      return read(isBlank ? undefined : given, name);
    },
  };
}
