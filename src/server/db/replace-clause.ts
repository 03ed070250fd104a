/** The `on conflict` clause that replaces a row; both databases read it alike. */
export function replaceClause(names: readonly string[], key: readonly string[]): string {
  const others = names.filter((name) => !key.includes(name));
  return `on conflict (${key.join(', ')}) do update set ${others.map((name) => `${name} = excluded.${name}`).join(', ')}`;
}
