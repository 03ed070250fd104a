import { Popover } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Option } from './option.tsx';
import { fieldLook } from './text-field.tsx';

export interface ComboboxOption {
  readonly value: string;
  /** What the field holds once it is chosen. */
  readonly label: string;
  /** How the option is drawn; absent: its label. */
  readonly content?: ReactNode;
  /** Why it cannot be chosen. */
  readonly refused?: string | undefined;
}

interface ComboboxFieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  /** What is typed, or the label of what was chosen. */
  readonly text: string;
  /** What fits the text; whoever uses the field finds it. */
  readonly options: readonly ComboboxOption[];
  /** Said below the field while there is no option. */
  readonly nothing: string;
  readonly onText: (text: string) => void;
  readonly onChoose: (option: ComboboxOption) => void;
}

/** One out of many, found by typing: arrows go through what fits, Enter chooses, Esc closes the list. */
export function ComboboxField(props: ComboboxFieldProps) {
  const { label, hint, error, placeholder, autoFocus, text, options, nothing, onText, onChoose } = props;
  const id = useId();
  const [open, setOpen] = useState(false);
  const [place, setPlace] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (autoFocus) field.current?.focus();
  }, [autoFocus]);
  const current = Math.min(place, options.length - 1);
  const choose = (option: ComboboxOption | undefined) => {
    if (!option || option.refused !== undefined) return;
    onChoose(option);
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      setOpen(true);
      if (open && options.length > 0) setPlace((current + step + options.length) % options.length);
    } else if (event.key === 'Enter' && open && options.length > 0) choose(options[current]);
    else return;
    // Enter would send the form around it.
    event.preventDefault();
  };
  const note = error ?? hint;
  const isShown = open && options.length > 0;
  return (
    <Popover.Root open={isShown} onOpenChange={setOpen}>
      <div className="flex min-w-0 flex-col gap-1.5">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <Popover.Anchor asChild>
          <input
            ref={field}
            id={id}
            role="combobox"
            aria-expanded={isShown}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={isShown ? `${id}-${current}` : undefined}
            aria-invalid={error ? true : undefined}
            aria-describedby={`${id}-note`}
            autoComplete="off"
            spellCheck={false}
            placeholder={placeholder}
            maxLength={200}
            className={fieldLook}
            value={text}
            onChange={({ target }) => {
              onText(target.value);
              setPlace(0);
              setOpen(true);
            }}
            onKeyDown={onKeyDown}
            onClick={() => setOpen(true)}
            onBlur={() => setOpen(false)}
          />
        </Popover.Anchor>
        <p id={`${id}-note`} role="status" className={`text-sm ${error ? 'text-failed' : 'text-muted'}`}>
          {open && options.length === 0 && text.trim() !== '' ? nothing : note}
        </p>
      </div>
      <Popover.Portal>
        <Popover.Content
          id={`${id}-list`}
          role="listbox"
          aria-label={label}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          // The field keeps the focus.
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onInteractOutside={(event) => {
            if (event.target === field.current) event.preventDefault();
          }}
          className="z-50 max-h-80 w-(--radix-popover-trigger-width) overflow-y-auto rounded border border-line-strong bg-raised p-1 shadow-float focus:outline-none"
        >
          {options.map((option, index) => (
            <Option
              key={option.value}
              id={`${id}-${index}`}
              selected={index === current}
              disabled={option.refused !== undefined}
              active={index === current}
              onPoint={() => setPlace(index)}
              onChoose={() => choose(option)}
            >
              {option.content ?? <span className="truncate">{option.label}</span>}
              {option.refused === undefined ? null : (
                <span className="ml-auto shrink-0 text-sm text-muted">{option.refused}</span>
              )}
            </Option>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
