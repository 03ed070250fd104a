import type { EnvironmentColumn } from '../../../contract/matrix.ts';
import type { MatrixSearch } from './matrix-search.ts';

export interface ArrangedColumn extends EnvironmentColumn {
  readonly pinned: boolean;
}

/** Columns as the reader wants them: pinned ones first, then by the order asked for, then the server's. */
export function arrangeColumns(columns: readonly EnvironmentColumn[], search: MatrixSearch): readonly ArrangedColumn[] {
  const place = (name: string) => {
    const asked = search.order.indexOf(name);
    return asked === -1 ? search.order.length + columns.findIndex((column) => column.name === name) : asked;
  };
  return columns
    .filter(({ name, tier }) => !search.hide.includes(name) && (search.tier.length === 0 || search.tier.includes(tier)))
    .map((column) => ({ ...column, pinned: search.pin.includes(column.name) }))
    .sort((a, b) => Number(b.pinned) - Number(a.pinned) || place(a.name) - place(b.name));
}

/** The order after one column changes places with its neighbour. */
export function moveColumn(shown: readonly ArrangedColumn[], name: string, by: -1 | 1): readonly string[] {
  const names = shown.map((column) => column.name);
  const from = names.indexOf(name);
  const to = from + by;
  const neighbour = names[to];
  if (from === -1 || neighbour === undefined) return names;
  names[from] = neighbour;
  names[to] = name;
  return names;
}
