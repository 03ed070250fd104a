import { statusLook, toneText } from './status-look.ts';

interface StatusIconProps {
  readonly status: string;
  readonly size?: number;
  /** It is past: what goes on turns no more. */
  readonly past?: boolean;
}

export function StatusIcon({ status, size = 14, past = false }: StatusIconProps) {
  const { icon: Icon, tone, spins } = statusLook(status);
  return (
    <Icon
      aria-hidden
      size={size}
      strokeWidth={2.1}
      className={`shrink-0 ${toneText[tone]} ${spins && !past ? 'animate-spin' : ''}`}
    />
  );
}

interface StatusMarkProps {
  readonly status: string;
  readonly size?: number;
  /** Another word, for what only looks like that status. */
  readonly word?: string;
  /** What it means, on hover. */
  readonly tip?: string;
}

/** Icon, word and colour: never one of them alone. */
export function StatusMark({ status, size = 14, word, tip }: StatusMarkProps) {
  const look = statusLook(status);
  return (
    <span
      data-tip={tip}
      className={`inline-flex items-baseline gap-1.5 whitespace-nowrap font-medium [&>svg]:self-center ${toneText[look.tone]}`}
    >
      <StatusIcon status={status} size={size} />
      {word ?? look.word}
    </span>
  );
}
