/** Keys as they are printed on a keyboard: `<Keys of="g m" />`. */
export function Keys({ of }: { of: string }) {
  return (
    <span className="inline-flex items-center gap-1">
      {of.split(' ').map((key) => (
        <kbd
          key={key}
          className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-[4px] border border-line-strong bg-surface px-1 font-sans text-xs text-muted"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}

/** The key that goes with shortcuts here: ⌘ on Apple's machines, Ctrl elsewhere. */
export function commandKey(): string {
  return /mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘' : 'Ctrl';
}
