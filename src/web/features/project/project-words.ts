import { type Visibility, visibilities } from '../../../contract/visibilities.ts';
import { visibilityNames } from '../../lib/visibility-names.ts';

/** Who sees a project. */
export const visibilityHints: Readonly<Record<Visibility, string>> = {
  private: 'Only its members see it, and those of the groups around it.',
  internal: 'Everybody who can sign in sees it; where people may read without signing in, everybody.',
  public: 'Everybody sees it where this server lets people read without signing in.',
};

/** From the least open. */
export const visibilityChoices = visibilities.map((each) => ({
  value: each,
  label: visibilityNames[each],
  hint: visibilityHints[each],
}));
