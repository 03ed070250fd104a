import { type Visibility, visibilities } from '../../../contract/visibilities.ts';
import { visibilityNames } from '../../lib/visibility-names.ts';

const hints: Readonly<Record<Visibility, string>> = {
  private: 'Only members of it, or of something in it, know that it is there.',
  internal: 'Everyone who may read this server sees it.',
  public: 'The same, and what lies in it may be public, too.',
};

/** From the least open: who sees a group. */
export const visibilityChoices = visibilities.map((each) => ({
  value: each,
  label: visibilityNames[each],
  hint: hints[each],
}));
