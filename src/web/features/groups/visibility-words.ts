import type { Visibility } from '../../../contract/visibilities.ts';

interface VisibilityWords {
  readonly name: string;
  readonly hint: string;
}

export const visibilityWords: Readonly<Record<Visibility, VisibilityWords>> = {
  private: { name: 'Private', hint: 'Only members of it, or of something in it, know that it is there.' },
  internal: { name: 'Internal', hint: 'Everyone who may read this server sees it.' },
  public: { name: 'Public', hint: 'The same, and what lies in it may be public, too.' },
};
