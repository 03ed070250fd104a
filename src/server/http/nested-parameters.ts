type Nested = { [name: string]: unknown };

/** Names of more parts are left out. */
export const mostParts = 8;

/**
 * Parameters of a query or form whose names tell of structure, as Rack reads them: `a[b]=1` is `{a: {b: '1'}}`, `a[]=1`
 * a list, and `a[][b]=1&a[][b]=2` a list of two. Of a name given twice the last counts.
 */
export function nestParameters(pairs: Iterable<readonly [name: string, value: unknown]>): Nested {
  const root: Nested = Object.create(null);
  for (const [name, value] of pairs) {
    const path = pathOf(name);
    if (path.length <= mostParts) put(root, path, value);
  }
  return root;
}

function pathOf(name: string): readonly string[] {
  const [, first = name, rest = ''] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [];
  return [first, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, part = '']) => part)];
}

function put(target: Nested, [name = '', ...rest]: readonly string[], value: unknown): void {
  const [next, ...after] = rest;
  if (next === undefined) {
    target[name] = value;
    return;
  }
  if (next !== '') {
    const inner = isNested(target[name]) ? target[name] : Object.create(null);
    target[name] = inner;
    put(inner, rest, value);
    return;
  }
  const items: unknown[] = Array.isArray(target[name]) ? target[name] : [];
  target[name] = items;
  if (after.length === 0) items.push(value);
  else put(lastTaking(items, after), after, value);
}

/** The last item of a list, or a new one where that has a field of this name already. */
function lastTaking(items: unknown[], [field = '', more]: readonly string[]): Nested {
  const last = items.at(-1);
  if (isNested(last) && (more !== undefined || !(field in last))) return last;
  const fresh: Nested = Object.create(null);
  items.push(fresh);
  return fresh;
}

function isNested(value: unknown): value is Nested {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
