import { useId } from 'react';
import type { Retention } from '../../../contract/retention.ts';
import { fieldLook } from '../../ui/text-field.tsx';
import { kindWords } from './retention-words.ts';

interface DaysCellProps {
  readonly item: Retention;
  /** undefined: nothing. */
  readonly typed: string | undefined;
  readonly fault: string | undefined;
  readonly onChange: (text: string) => void;
}

/** How long one kind stays: a number of days to change, or a word. */
export function DaysCell({
  item: { kind, days, most_of_project: most, change },
  typed,
  fault,
  onChange,
}: DaysCellProps) {
  const noteId = useId();
  if (change === null) return days === null ? 'For ever' : `${days} days`;
  const isDefault = Number(typed ?? days) === change.default_days;
  return (
    <div>
      <span className="flex items-center gap-2">
        <input
          type="number"
          inputMode="numeric"
          min={change.least_days}
          max={change.most_days}
          aria-label={`Days: ${kindWords[kind].name}`}
          aria-invalid={fault ? true : undefined}
          aria-describedby={noteId}
          className={`${fieldLook} !w-20 text-right`}
          value={typed ?? String(days)}
          onChange={({ target }) => onChange(target.value)}
        />
        days
      </span>
      <p id={noteId} className={`pt-0.5 text-sm ${fault ? 'text-failed' : 'text-muted'}`}>
        {fault ?? (isDefault ? 'The default' : `${change.default_days} by default`)}
      </p>
      {most === null ? null : (
        <p className="text-sm text-muted">At most the latest {most.toLocaleString()} of a project</p>
      )}
    </div>
  );
}
