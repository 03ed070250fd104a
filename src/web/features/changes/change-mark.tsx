import type { Change } from '../../../contract/changes.ts';
import { toneText } from '../../ui/status-look.ts';
import { changeLook } from './state-look.ts';

interface ChangeMarkProps {
  readonly state: Change['state'];
  readonly draft?: boolean;
  readonly size?: number;
}

/** How a merge or pull request stands: icon, word and colour. */
export function ChangeMark({ state, draft = false, size = 14 }: ChangeMarkProps) {
  const { icon: Icon, word, tone } = changeLook(state, draft);
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${toneText[tone]}`}>
      <Icon aria-hidden size={size} strokeWidth={2.1} />
      {word}
    </span>
  );
}
