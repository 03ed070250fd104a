/** Values in one `in (…)` list, and rows in one insert: fewer than the parameters that either database takes. */
const most = 500;

/** In lists of at most so many. */
export function* chunksOf<T>(items: readonly T[], size = most): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** What is read for lists of at most so many, one after the other, in their order. */
export async function inChunks<T, R>(
  items: readonly T[],
  read: (some: readonly T[]) => Promise<readonly R[]>,
  size = most,
): Promise<R[]> {
  const found: R[] = [];
  for (const some of chunksOf(items, size)) for (const row of await read(some)) found.push(row);
  return found;
}
