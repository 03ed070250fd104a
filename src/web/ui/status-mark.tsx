import { statusLook, toneText } from './status-look.ts';

export function StatusIcon({ status, size = 14 }: { status: string; size?: number }) {
  const { icon: Icon, tone, spins } = statusLook(status);
  return (
    <Icon
      aria-hidden
      size={size}
      strokeWidth={2.1}
      className={`shrink-0 ${toneText[tone]} ${spins ? 'animate-spin' : ''}`}
    />
  );
}

/** Icon, word and colour: never one of them alone. */
export function StatusMark({ status, size = 14 }: { status: string; size?: number }) {
  const { word, tone } = statusLook(status);
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap font-medium ${toneText[tone]}`}>
      <StatusIcon status={status} size={size} />
      {word}
    </span>
  );
}
