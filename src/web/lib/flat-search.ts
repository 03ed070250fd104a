/** The search part of a URL: each name once with text, or more than once with a list. */
export type FlatSearch = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads `?a=1&b=2&b=3` as text and lists, never as numbers or JSON: `?q=1.0` stays `1.0`. */
export function parseFlatSearch(text: string): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = found[name];
    found[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return found;
}

/** Writes it back, leaving readable what a URL allows: `?q=acme/*&slot=acme/checkout@production`. */
export function stringifyFlatSearch(search: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(search).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((item) => typeof item === 'string')
      .map((item) => `${encodeURIComponent(name)}=${readable(encodeURIComponent(item))}`),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function readable(encoded: string): string {
  return encoded.replaceAll('%2F', '/').replaceAll('%40', '@').replaceAll('%3A', ':').replaceAll('%20', '+');
}

/** One text of a search, absent when empty. */
export function textOf(search: FlatSearch, name: string): string | undefined {
  const value = search[name];
  const first = typeof value === 'string' ? value : value?.[0];
  return first === '' ? undefined : first;
}

/** A list of a search, keeping only what is allowed. */
export function listOf<T extends string>(search: FlatSearch, name: string, allowed?: readonly T[]): readonly T[] {
  const value = search[name];
  const all = typeof value === 'string' ? [value] : (value ?? []);
  // without a closed list T is string itself
  return (allowed ? all.filter((item) => allowed.includes(item as T)) : all) as readonly T[];
}

/** A list of a search with an item more, or without it. */
export function toggled(list: readonly string[], item: string): readonly string[] {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
}

/** Whether a change of the search comes from typing: then it replaces the page's entry in the browser's history. */
export function isTyping(patch: FlatSearch): boolean {
  return Object.keys(patch).join() === 'q';
}
