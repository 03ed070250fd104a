import { Popover } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { LabelledField } from './labelled-field.tsx';
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
  readonly required?: boolean;
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
  const { label, hint, error, placeholder, autoFocus, required, text, options, nothing, onText, onChoose } = props;
  const listId = useId();
  const [open, setOpen] = useState(false);
  // By its value, not its place: what is found later may come before it.
  const [pointed, setPointed] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (autoFocus) field.current?.focus();
  }, [autoFocus]);
  const current = Math.max(
    options.findIndex(({ value }) => value === pointed),
    0,
  );
  const choose = (option: ComboboxOption | undefined) => {
    if (!option || option.refused !== undefined) return;
    onChoose(option);
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      setOpen(true);
      if (open) setPointed(options[(current + step + options.length) % options.length]?.value);
    } else if (event.key === 'Enter' && open && options.length > 0) choose(options[current]);
    else return;
    // Enter would send the form around it.
    event.preventDefault();
  };
  const isShown = open && options.length > 0;
  const findsNothing = open && options.length === 0 && text.trim() !== '';
  return (
    <Popover.Root open={isShown} onOpenChange={setOpen}>
      <LabelledField
        label={label}
        live
        hint={findsNothing ? nothing : hint}
        error={error && findsNothing ? nothing : error}
      >
        {(ties) => (
          <Popover.Anchor asChild>
            <input
              ref={field}
              role="combobox"
              aria-expanded={isShown}
              aria-controls={listId}
              aria-autocomplete="list"
              aria-activedescendant={isShown ? `${listId}-${current}` : undefined}
              autoComplete="off"
              spellCheck={false}
              placeholder={placeholder}
              maxLength={200}
              required={required}
              className={fieldLook}
              value={text}
              onChange={({ target }) => {
                onText(target.value);
                setPointed(undefined);
                setOpen(true);
              }}
              onKeyDown={onKeyDown}
              onClick={() => setOpen(true)}
              onBlur={() => setOpen(false)}
              {...ties}
            />
          </Popover.Anchor>
        )}
      </LabelledField>
      <Popover.Portal>
        <Popover.Content
          id={listId}
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
              id={`${listId}-${index}`}
              selected={index === current}
              disabled={option.refused !== undefined}
              active={index === current}
              onPoint={() => setPointed(option.value)}
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
