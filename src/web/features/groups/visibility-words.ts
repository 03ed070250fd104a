import type { GroupVisibility } from '../../../contract/groups.ts';

interface VisibilityWords {
  readonly name: string;
  readonly hint: string;
}

/** From the least open. */
export const visibilityWords: Readonly<Record<GroupVisibility, VisibilityWords>> = {
  private: { name: 'Private', hint: 'Only members of it, or of something in it, know that it is there.' },
  internal: { name: 'Internal', hint: 'Everyone who may read this server sees it.' },
  public: { name: 'Public', hint: 'The same, and what lies in it may be public, too.' },
};

export const visibilities: readonly GroupVisibility[] = ['private', 'internal', 'public'];
