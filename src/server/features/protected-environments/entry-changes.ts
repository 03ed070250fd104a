import { accessLevels } from '../../../contract/access-levels.ts';
import { type FieldError, notFound } from '../../errors.ts';
import type { StoredEntry } from './protection-store.ts';
import type { AccessEntry, EntryChange } from './protection-types.ts';

/** The levels that an entry may name: lower ones may not deploy at all. */
const levels: readonly number[] = [accessLevels.developer, accessLevels.maintainer, accessLevels.admin];
const mostApprovals = 100;

/** What the entries are after the changes. Throws `not_found` where a change names an entry that is not among them. */
export function changedEntries(before: readonly AccessEntry[], changes: readonly EntryChange[]): StoredEntry[] {
  const numbered = changes.map((change, changeIndex) => ({ ...change, changeIndex }));
  const byId = new Map(numbered.flatMap((change) => (change.id === undefined ? [] : [[change.id, change] as const])));
  const known = new Set(before.map(({ id }) => id));
  if ([...byId.keys()].some((id) => !known.has(id))) throw notFound('access entry');
  const kept = before.flatMap((entry): StoredEntry[] => {
    const change = byId.get(entry.id);
    const { changeIndex } = change ?? {};
    return change?.remove ? [] : [{ ...merged(entry, change ?? {}), id: entry.id, changeIndex }];
  });
  const added = numbered.filter(({ id, remove }) => id === undefined && !remove);
  const made = added.map((change) => ({
    ...merged(nobody, change),
    id: undefined,
    changeIndex: change.changeIndex,
  }));
  return [...kept, ...made];
}

type Named = Omit<StoredEntry, 'id' | 'changeIndex'>;

const nobody: Named = {
  userId: null,
  groupId: null,
  accessLevel: null,
  withInherited: false,
  requiredApprovals: 1,
};

/** Whoever is named anew replaces whoever was named before. */
function merged(entry: Named, change: EntryChange): Named {
  const { userId = null, groupId = null, accessLevel = null } = change;
  const names = userId !== null || groupId !== null || accessLevel !== null;
  const { userId: user, groupId: group, accessLevel: level } = entry;
  return {
    ...(names ? { userId, groupId, accessLevel } : { userId: user, groupId: group, accessLevel: level }),
    withInherited: change.withInherited ?? entry.withInherited,
    requiredApprovals: change.requiredApprovals ?? entry.requiredApprovals,
  };
}

/** What is wrong with an entry of a list, apart from naming somebody who is not there. */
export function entryFaults(entry: StoredEntry, list: string): FieldError[] {
  const { userId, groupId, accessLevel, requiredApprovals, changeIndex } = entry;
  const pointer = changeIndex === undefined ? list : `${list}/${changeIndex}`;
  const named = [userId, groupId, accessLevel].filter((value) => value !== null).length;
  const wrong: readonly (readonly [boolean, string])[] = [
    [named !== 1, 'must have exactly one of user_id, group_id and access_level'],
    [accessLevel !== null && !levels.includes(accessLevel), `access_level must be one of ${levels.join(', ')}`],
    [
      !Number.isInteger(requiredApprovals) || requiredApprovals < 1 || requiredApprovals > mostApprovals,
      `required_approvals must be between 1 and ${mostApprovals}`,
    ],
  ];
  return wrong.flatMap(([holds, message]) => (holds ? [{ pointer, message }] : []));
}
