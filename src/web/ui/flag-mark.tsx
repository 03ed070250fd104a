import { type LucideIcon, ShieldAlert, Snowflake } from 'lucide-react';
import type { DeploymentFlag } from '../lib/deployment-flags.ts';

interface FlagLook {
  readonly word: string;
  readonly sentence: string;
  readonly icon: LucideIcon;
  readonly colour: string;
}

export const flagLooks: Readonly<Record<DeploymentFlag, FlagLook>> = {
  unapproved: {
    word: 'Unapproved',
    sentence: 'Went to a protected environment without the approvals needed there',
    icon: ShieldAlert,
    colour: 'text-waiting',
  },
  frozen: {
    word: 'In freeze',
    sentence: 'Went while the project was frozen',
    icon: Snowflake,
    colour: 'text-soft',
  },
};

interface FlagMarksProps {
  readonly flags: readonly DeploymentFlag[];
  /** Icons alone, named for those who do not see them, where there is no room for words. */
  readonly short?: boolean;
  readonly size?: number;
}

export function FlagMarks({ flags, short = false, size = 13 }: FlagMarksProps) {
  return flags.map((flag) => {
    const { word, sentence, icon: Icon, colour } = flagLooks[flag];
    return short ? (
      <span key={flag} role="img" aria-label={word} data-tip={sentence} className={`shrink-0 ${colour}`}>
        <Icon aria-hidden size={size} strokeWidth={2} />
      </span>
    ) : (
      <span
        key={flag}
        data-tip={sentence}
        className={`inline-flex shrink-0 items-baseline gap-1 font-medium whitespace-nowrap [&>svg]:self-center ${colour}`}
      >
        <Icon aria-hidden size={size} strokeWidth={2} />
        {word}
      </span>
    );
  });
}
