import { ChevronDown } from 'lucide-react';
import type { ButtonHTMLAttributes, Ref } from 'react';

const shape =
  'inline-flex h-8 shrink-0 items-center gap-1.5 rounded border px-2.5 text-base whitespace-nowrap select-none transition-colors duration-100 print:hidden md:h-7';
const off = 'border-line-strong border-dashed text-muted hover:bg-hover hover:text-fg';
const on = 'border-line-strong bg-pressed text-fg font-medium';

type FilterButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  label: string;
  /** What is chosen; nothing: the filter is off. */
  value?: string | undefined;
  ref?: Ref<HTMLButtonElement>;
};

/** Opens a filter's menu, and tells what it is set to. */
export function FilterButton({ label, value, ...rest }: FilterButtonProps) {
  return (
    <button type="button" className={`${shape} ${value ? on : off}`} {...rest}>
      {value ? (
        <>
          <span className="font-normal text-muted">{label}</span>
          <span className="max-w-48 truncate">{value}</span>
        </>
      ) : (
        label
      )}
      <ChevronDown aria-hidden size={13} className="-mr-0.5 text-muted" />
    </button>
  );
}

/** A filter that is on or off. */
export function FilterToggle({
  label,
  pressed,
  tip,
  onChange,
}: {
  label: string;
  pressed: boolean;
  /** What exactly it asks for. */
  tip?: string;
  onChange: (pressed: boolean) => void;
}) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      data-tip={tip}
      onClick={() => onChange(!pressed)}
      className={`${shape} ${pressed ? on : off}`}
    >
      {label}
    </button>
  );
}
