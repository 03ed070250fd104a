const texts = { 20: 'text-[9px]', 24: 'text-[10px]', 32: 'text-sm' } as const;

interface AvatarProps {
  readonly name: string;
  readonly size?: keyof typeof texts;
}

/** A person's initials. They say nothing new: the name stands beside them. */
export function Avatar({ name, size = 20 }: AvatarProps) {
  return (
    <span
      aria-hidden
      className={`inline-flex shrink-0 items-center justify-center rounded-full bg-pressed font-semibold text-soft select-none ${texts[size]}`}
      style={{ width: size, height: size }}
    >
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s._@-]+/u).filter((word) => word !== '');
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends
    .map((word) => Array.from(word ?? '')[0] ?? '')
    .join('')
    .toUpperCase();
}
