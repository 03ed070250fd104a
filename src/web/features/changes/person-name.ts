import type { ChangePerson } from '../../../contract/changes.ts';

/** What somebody is called: of who wrote commits only a name is known. */
export function personName(person: ChangePerson | null): string | undefined {
  return person?.username ?? person?.name ?? undefined;
}
