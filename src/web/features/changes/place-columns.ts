import type { ChangePlace } from '../../../contract/changes.ts';

/** More than these have no room beside one another. */
const most = 6;

/**
 * The environments of some changes as columns, in the order that each change has them in; none where there are too many:
 * each line then shows its own in a row.
 */
export function placeColumns(changes: readonly { readonly environments: readonly ChangePlace[] }[]): readonly string[] {
  const names: string[] = [];
  for (const { environments } of changes) {
    let after = 0;
    for (const { environment } of environments) {
      const known = names.indexOf(environment);
      if (known === -1) names.splice(after, 0, environment);
      after = (known === -1 ? after : known) + 1;
    }
  }
  return names.length > most ? [] : names;
}
