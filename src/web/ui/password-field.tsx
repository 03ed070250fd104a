import { Eye, EyeOff } from 'lucide-react';
import { type InputHTMLAttributes, type KeyboardEvent, type ReactNode, type Ref, useState } from 'react';
import { IconButton } from './button.tsx';
import { TextField } from './text-field.tsx';

type PasswordFieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> & {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  ref?: Ref<HTMLInputElement>;
};

/** A field for what nobody else should read, which may be shown all the same; it says when Caps Lock is on. */
export function PasswordField({ hint, label, ...rest }: PasswordFieldProps) {
  const [isShown, setIsShown] = useState(false);
  const [isCapsLocked, setIsCapsLocked] = useState(false);
  const look = (event: KeyboardEvent) => setIsCapsLocked(event.getModifierState('CapsLock'));
  const Icon = isShown ? EyeOff : Eye;
  return (
    <TextField
      label={label}
      type={isShown ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck={false}
      hint={isCapsLocked ? 'Caps Lock is on.' : hint}
      end={
        <IconButton label={isShown ? 'Hide what is typed' : 'Show what is typed'} onClick={() => setIsShown(!isShown)}>
          <Icon aria-hidden size={15} />
        </IconButton>
      }
      onKeyDown={look}
      onKeyUp={look}
      onBlur={() => setIsCapsLocked(false)}
      {...rest}
    />
  );
}
