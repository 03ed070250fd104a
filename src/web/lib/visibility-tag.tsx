import { Globe, Lock, Users } from 'lucide-react';
import type { Visibility } from '../../contract/visibilities.ts';
import { Tag } from '../ui/tag.tsx';
import { visibilityNames } from './visibility-names.ts';

const icons = { private: Lock, internal: Users, public: Globe } as const;

/** Who sees a project or a group; `tip` says what the word means there. */
export function VisibilityTag({ visibility, tip }: { visibility: Visibility; tip?: string }) {
  const Icon = icons[visibility];
  return (
    <span data-tip={tip}>
      <Tag icon={<Icon aria-hidden size={11} className="shrink-0" />}>{visibilityNames[visibility]}</Tag>
    </span>
  );
}
