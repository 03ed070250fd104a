import type { Visibility } from '../../contract/visibilities.ts';

/** Who sees a project or a group, in a word. */
export const visibilityNames: Readonly<Record<Visibility, string>> = {
  private: 'Private',
  internal: 'Internal',
  public: 'Public',
};
