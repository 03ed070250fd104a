import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';

const looks = {
  primary: 'bg-inverse text-on-inverse border-transparent hover:opacity-90',
  plain: 'bg-raised text-fg border-line-strong hover:bg-hover active:bg-pressed',
  danger: 'bg-raised text-failed border-line-strong hover:bg-failed-tint active:bg-pressed',
  quiet: 'bg-transparent text-soft border-transparent hover:bg-hover hover:text-fg active:bg-pressed',
} as const;

export const buttonShape =
  'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded border px-3 text-base font-medium whitespace-nowrap select-none transition-colors duration-100 disabled:opacity-50 disabled:pointer-events-none print:hidden md:h-7 md:px-2.5';

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: keyof typeof looks;
  ref?: Ref<HTMLButtonElement>;
};

export function buttonLook(look: keyof typeof looks): string {
  return `${buttonShape} ${looks[look]}`;
}

export function Button({ look = 'plain', className = '', type = 'button', ...rest }: ButtonProps) {
  return <button type={type} data-button={look} className={`${buttonLook(look)} ${className}`} {...rest} />;
}

/** For a link that is an icon, too: it needs `aria-label` and `data-tip`. */
export const iconButtonLook =
  'inline-flex size-8 shrink-0 items-center justify-center rounded text-muted transition-colors duration-100 hover:bg-hover hover:text-fg print:hidden md:size-7';

/** A button that is an icon: its label is said aloud and shown on hover and focus. */
export function IconButton({
  label,
  children,
  className = '',
  type = 'button',
  ...rest
}: ButtonProps & { label: string; children: ReactNode }) {
  return (
    <button type={type} aria-label={label} data-tip={label} className={`${iconButtonLook} ${className}`} {...rest}>
      {children}
    </button>
  );
}
