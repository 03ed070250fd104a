import { Popover } from 'radix-ui';
import { Button } from './button.tsx';
import { FilterButton } from './filter-button.tsx';
import { floatLook } from './float-look.ts';
import { TextField } from './text-field.tsx';

/** Two days of the reader's calendar, `2026-11-21`; both belong to the span, and either may be open. */
export interface DaySpan {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

interface PickDatesProps {
  readonly label: string;
  readonly value: DaySpan;
  readonly onChange: (value: DaySpan) => void;
}

/** A filter by days. */
export function PickDates({ label, value, onChange }: PickDatesProps) {
  const { from, to } = value;
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
          className={`${floatLook} flex w-56 flex-col gap-3 p-3`}
        >
          <TextField
            label="From"
            type="date"
            max={to}
            value={from ?? ''}
            onChange={(event) => onChange({ from: event.target.value || undefined, to })}
          />
          <TextField
            label="Until"
            type="date"
            min={from}
            value={to ?? ''}
            onChange={(event) => onChange({ from, to: event.target.value || undefined })}
          />
          <Button
            look="quiet"
            disabled={from === undefined && to === undefined}
            onClick={() => onChange({ from: undefined, to: undefined })}
          >
            Any day
          </Button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function spanText({ from, to }: DaySpan): string | undefined {
  if (from === undefined) return to === undefined ? undefined : `until ${to}`;
  if (to === undefined) return `since ${from}`;
  return from === to ? from : `${from} to ${to}`;
}
