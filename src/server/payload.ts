import { invalid, type ShiplogFault } from './errors.ts';

const rubyTime = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)? (UTC|[+-]\d{4})$/;
const longestItem = 1024;
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/;

/**
 * What another tool sent, read by JSON Pointers, each step of which names a key. What is needed and not there, or is there
 * and not as it must be, throws `validation_failed` with its pointer.
 */
export class Payload {
  readonly #value: unknown;

  constructor(value: unknown) {
    this.#value = value;
  }

  /** Throws `validation_failed` where the text is no JSON object. */
  static parse(text: string): Payload {
    const value = parsed(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('', 'must be a JSON object');
    return new Payload(value);
  }

  text(pointer: string, maxLength: number): string {
    const text = this.optionalText(pointer, maxLength);
    if (text === null) throw wrong(pointer, 'must be text that is not blank');
    return text;
  }

  /** null where it is absent, null or blank. */
  optionalText(pointer: string, maxLength: number): string | null {
    const value = this.at(pointer) ?? '';
    if (typeof value !== 'string') throw wrong(pointer, 'must be text');
    if (value.trim() === '') return null;
    if (value.length > maxLength) throw wrong(pointer, `must not be longer than ${maxLength} characters`);
    if (value.includes('\0') || !value.isWellFormed()) throw wrong(pointer, 'must be text without NUL');
    return value;
  }

  /** The same, cut to the length. */
  shortened(pointer: string, maxLength: number): string | null {
    const text = this.optionalText(pointer, Number.POSITIVE_INFINITY);
    return text?.slice(0, maxLength).toWellFormed() ?? null;
  }

  /** A link that a page can show; null where it is none. */
  link(pointer: string, maxLength: number): string | null {
    const value = this.at(pointer);
    if (typeof value !== 'string' || value.length > maxLength || value.includes('\0') || !value.isWellFormed())
      return null;
    return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) ? value : null;
  }

  /** A number that another system gave out. */
  id(pointer: string): number {
    const value = this.at(pointer);
    if (!Number.isSafeInteger(value)) throw wrong(pointer, 'must be a whole number');
    return Number(value);
  }

  /** The same, from 1 to a largest. */
  number(pointer: string, largest: number): number {
    const value = this.id(pointer);
    if (value < 1 || value > largest) throw wrong(pointer, `must be from 1 to ${largest}`);
    return value;
  }

  /** Epoch milliseconds, of RFC 3339 or as Ruby writes a moment: `2026-01-31 14:05:09 +0100`. */
  moment(pointer: string): number {
    const text = this.text(pointer, 64);
    const [, day, time, zone = ''] = rubyTime.exec(text) ?? [];
    const iso = day === undefined ? text : `${day}T${time}${zone === 'UTC' ? 'Z' : zone}`;
    const at = isoTime.test(iso) ? Date.parse(iso) : Number.NaN;
    if (Number.isNaN(at)) throw wrong(pointer, 'must be a date and time with an offset');
    return at;
  }

  /** The same; null where it is absent, null or blank. */
  optionalMoment(pointer: string): number | null {
    return this.at(pointer) == null || this.at(pointer) === '' ? null : this.moment(pointer);
  }

  /** A whole commit; null where it is none. */
  sha(pointer: string): string | null {
    const value = this.at(pointer);
    return typeof value === 'string' && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(value) ? value : null;
  }

  /** The texts at a pointer of each item of a list, cut; undefined where there is no list. */
  texts(pointer: string, within: string): string[] | undefined {
    const items = this.at(pointer);
    if (!Array.isArray(items)) return undefined;
    return items.flatMap((item) => new Payload({ item }).shortened(`/item${within}`, longestItem) ?? []);
  }

  /** How many items the list at a pointer has; throws where it is none. */
  count(pointer: string): number {
    const items = this.at(pointer);
    if (!Array.isArray(items)) throw wrong(pointer, 'must be a list');
    return items.length;
  }

  /** One of a table's; throws where the table has no such word. */
  word<T>(pointer: string, table: ReadonlyMap<string, T>): { readonly word: string; readonly means: T } {
    const word = this.text(pointer, 64);
    const means = table.get(word);
    if (means === undefined) throw wrong(pointer, `must be one of ${[...table.keys()].join(', ')}`);
    return { word, means };
  }

  at(pointer: string): unknown {
    let value = this.#value;
    for (const key of pointer.split('/').slice(1)) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
      value = (value as Record<string, unknown>)[key]; // an object that has the key
    }
    return value;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw wrong('', 'must be valid JSON', error);
  }
}

function wrong(pointer: string, message: string, cause?: unknown): ShiplogFault {
  return invalid([{ pointer: pointer || 'The body', message }], cause);
}

/** The event cannot be understood, since nobody has taught us its kind. */
export function unknownEvent(event: string): ShiplogFault {
  const message = event === '' ? 'is missing' : `"${event}" is not one that Shiplog understands`;
  return invalid([{ pointer: 'The kind of event', message }]);
}
