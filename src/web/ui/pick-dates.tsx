import { Popover } from 'radix-ui';
import { anyTime, type DaySpan, isAnyTime, type Span, spanNames } from '../lib/day-span.ts';
import { Button } from './button.tsx';
import { FilterButton } from './filter-button.tsx';
import { floatLook } from './float-look.ts';
import { TextField } from './text-field.tsx';

interface PickDatesProps {
  readonly label: string;
  readonly value: DaySpan;
  readonly onChange: (value: DaySpan) => void;
}

/** A filter by time: a span up to now, by one press, or days. */
export function PickDates({ label, value, onChange }: PickDatesProps) {
  const { since, from, to } = value;
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <FilterButton label={label} value={spanText(value)} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className={`${floatLook} flex w-64 flex-col gap-3 p-3`}
        >
          <div className="grid grid-cols-2 gap-1.5">
            {names.map(([span, name]) => (
              <Popover.Close key={span} asChild>
                <Button
                  aria-pressed={span === since}
                  className="aria-pressed:bg-pressed"
                  onClick={() => onChange({ ...anyTime, since: span })}
                >
                  {name}
                </Button>
              </Popover.Close>
            ))}
          </div>
          <TextField
            label="From"
            type="date"
            max={to}
            value={from ?? ''}
            onChange={(event) => onChange({ ...anyTime, from: event.target.value || undefined, to })}
          />
          <TextField
            label="Until"
            type="date"
            min={from}
            value={to ?? ''}
            onChange={(event) => onChange({ ...anyTime, from, to: event.target.value || undefined })}
          />
          <Button look="quiet" disabled={isAnyTime(value)} onClick={() => onChange(anyTime)}>
            Any time
          </Button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

const names = Object.entries(spanNames) as [Span, string][]; // its keys are all the spans

function spanText({ since, from, to }: DaySpan): string | undefined {
  if (since !== undefined) return spanNames[since].toLowerCase();
  if (from === undefined) return to === undefined ? undefined : `until ${to}`;
  if (to === undefined) return `since ${from}`;
  return from === to ? from : `${from} to ${to}`;
}
