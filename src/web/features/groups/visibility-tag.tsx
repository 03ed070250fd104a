import { Globe, Lock, Users } from 'lucide-react';
import type { Visibility } from '../../../contract/visibilities.ts';
import { Tag } from '../../ui/tag.tsx';
import { visibilityWords } from './visibility-words.ts';

const icons = { private: Lock, internal: Users, public: Globe } as const;

/** Who sees a group, in a word. */
export function VisibilityTag({ visibility }: { visibility: Visibility }) {
  const Icon = icons[visibility];
  return <Tag icon={<Icon aria-hidden size={11} />}>{visibilityWords[visibility].name}</Tag>;
}
