import { type ReactNode, useEffect, useRef } from 'react';

interface OptionProps {
  readonly id: string;
  readonly selected: boolean;
  readonly disabled?: boolean;
  /** Where the arrow keys stand. */
  readonly active: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

/** One of the options of a combobox, which has the keys and keeps the focus. */
export function Option({ id, selected, disabled = false, active, onPoint, onChoose, children }: OptionProps) {
  const option = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) option.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the keys
    <div
      ref={option}
      id={id}
      role="option"
      aria-selected={selected}
      aria-disabled={disabled || undefined}
      onPointerMove={onPoint}
      // The field keeps the focus.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={`flex min-h-8 cursor-pointer items-center gap-2 rounded-[4px] px-2 py-1 aria-disabled:cursor-default aria-disabled:text-muted md:min-h-7 ${active ? 'bg-hover' : ''}`}
    >
      {children}
    </div>
  );
}
