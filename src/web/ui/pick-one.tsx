import { Check } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { FilterButton } from './filter-button.tsx';
import { floatLook } from './float-look.ts';
import { Option } from './option.tsx';

interface PickOneProps {
  readonly label: string;
  readonly value: string | undefined;
  /** How the value is written on the button. */
  readonly shown: string | undefined;
  readonly options: readonly string[];
  /** How an option is written in the list. */
  readonly written?: (option: string) => string;
  /** What is typed may be chosen, too, although it is none of the options. */
  readonly typed?: boolean;
  readonly onChange: (value: string | undefined) => void;
}

const most = 100;

/** A filter of one out of many, found by typing. */
export function PickOne({ label, value, shown, options, written = asItIs, typed = false, onChange }: PickOneProps) {
  const [open, setOpen] = useState(false);
  const choose = (option: string | undefined) => {
    onChange(option);
    setOpen(false);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <FilterButton label={label} value={shown} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className={`${floatLook} flex max-h-80 w-64 flex-col overflow-hidden`}
        >
          <Finder label={label} value={value} options={options} written={written} typed={typed} onChoose={choose} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface FinderProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly string[];
  readonly written: (option: string) => string;
  readonly typed: boolean;
  readonly onChoose: (option: string | undefined) => void;
}

const asItIs = (option: string) => option;

function Finder({ label, value, options, written, typed, onChoose }: FinderProps) {
  const id = useId();
  const [text, setText] = useState('');
  const [place, setPlace] = useState(0);
  const any = `Any ${label.toLowerCase()}`;
  const found = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    const fitting = options.filter((option) => written(option).toLowerCase().includes(wanted)).slice(0, most);
    if (wanted === '') return [undefined, ...fitting];
    const exact = text.trim();
    return typed && !fitting.includes(exact) ? [...fitting, exact] : fitting;
  }, [text, options, written, typed]);
  const current = Math.min(place, found.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && found.length > 0) setPlace((current + step + found.length) % found.length);
    else if (event.key === 'Enter' && current >= 0) onChoose(found[current]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        role="combobox"
        aria-label={`Find ${label.toLowerCase()}`}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={current >= 0 ? `${id}-${current}` : undefined}
        autoComplete="off"
        placeholder={`Find ${label.toLowerCase()}`}
        className="h-9 shrink-0 border-b bg-transparent px-3 focus:outline-none"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setPlace(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={id} role="listbox" aria-label={label} className="min-h-0 overflow-y-auto p-1">
        {found.map((option, index) => (
          <Option
            key={option ?? ''}
            id={`${id}-${index}`}
            selected={option === value}
            active={index === current}
            onPoint={() => setPlace(index)}
            onChoose={() => onChoose(option)}
          >
            <span className="flex w-4 shrink-0 justify-center">
              {option === value ? <Check aria-hidden size={13} strokeWidth={2.5} /> : null}
            </span>
            <span className="truncate">{option === undefined ? any : written(option)}</span>
          </Option>
        ))}
      </div>
      {found.length === 0 ? <p className="px-3 pb-3 text-muted">None has this in its name.</p> : null}
    </>
  );
}
