import type { AccessEntry } from './protection-types.ts';

/** What those are called whom entries name, by their ids: the audit says it as it was then. */
export interface Named {
  readonly users: ReadonlyMap<number, string>;
  readonly groups: ReadonlyMap<number, string>;
}

export type Subject = Pick<AccessEntry, 'userId' | 'groupId' | 'accessLevel'>;

/** Whom entries name that are stored. */
export function namedIn(entries: readonly AccessEntry[]): Named {
  return {
    users: new Map(entries.flatMap(({ userId: id, username: name }) => (id && name ? [[id, name] as const] : []))),
    groups: new Map(entries.flatMap(({ groupId: id, groupPath: path }) => (id && path ? [[id, path] as const] : []))),
  };
}

/**
 * Whom an entry lets in, in the words of the audit. Only those who decide about a protection read of it there, and they know
 * all whom it names.
 */
export function subjectText({ userId, groupId, accessLevel }: Subject, { users, groups }: Named): string {
  if (userId !== null) return `user ${users.get(userId) ?? userId}`;
  return groupId === null ? `access level ${accessLevel}` : `group ${groups.get(groupId) ?? groupId}`;
}
