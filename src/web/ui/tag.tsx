import type { ReactNode } from 'react';
import { type Tone, toneText, toneTint } from './status-look.ts';

interface TagProps {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** One word about the thing beside it: a level, a tier, "expired". */
export function Tag({ tone = 'neutral', icon, children }: TagProps) {
  return (
    <span
      className={`inline-flex h-5 max-w-full shrink-0 items-center gap-1 rounded-[4px] px-1.5 text-xs font-medium forced-colors:outline ${toneTint[tone]} ${toneText[tone]}`}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}
