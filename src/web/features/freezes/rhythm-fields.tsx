import { SelectField, type SelectOption } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { type CronMoment, lastDay, months, type Rhythm, readCron, weekdays, writeCron } from './cron-moment.ts';
import type { FreezeDraft } from './freeze-draft.ts';

interface RhythmFieldsProps {
  readonly draft: FreezeDraft;
  readonly onChange: (change: Partial<FreezeDraft>) => void;
}

/** What each rhythm begins with: the weekend, the nights, the turn of the year. */
const beginnings: Readonly<Record<Rhythm, Pick<FreezeDraft, 'start' | 'end'>>> = {
  weekly: { start: '0 18 * * 5', end: '0 7 * * 1' },
  daily: { start: '0 20 * * *', end: '0 7 * * *' },
  yearly: { start: '0 0 20 12 *', end: '0 7 2 1 *' },
};

const rhythms: readonly SelectOption<Rhythm>[] = [
  { value: 'weekly', label: 'Every week, such as the weekend' },
  { value: 'daily', label: 'Every day, such as the nights' },
  { value: 'yearly', label: 'Once a year, such as the holidays' },
];

/** Common rhythms, which write the cron lines; lines that are none of them say it themselves. */
export function RhythmFields({ draft, onChange }: RhythmFieldsProps) {
  const [start, end] = [readCron(draft.start), readCron(draft.end)];
  const rhythm = start && end && start.kind === end.kind ? start.kind : undefined;
  const other = { value: 'other', label: 'As the cron lines say' } as const;
  return (
    <div className="flex flex-col gap-3">
      <SelectField<Rhythm | 'other'>
        label="How often"
        autoFocus
        value={rhythm ?? 'other'}
        options={rhythm === undefined ? [other, ...rhythms] : rhythms}
        onChange={(chosen) => {
          if (chosen !== 'other' && chosen !== rhythm) onChange(beginnings[chosen]);
        }}
      />
      {rhythm !== undefined && start && end ? (
        <div className="grid gap-3 md:grid-cols-2">
          <MomentFields label="From" moment={start} onChange={(moment) => onChange({ start: writeCron(moment) })} />
          <MomentFields label="Until" moment={end} onChange={(moment) => onChange({ end: writeCron(moment) })} />
        </div>
      ) : null}
    </div>
  );
}

interface MomentFieldsProps {
  readonly label: 'From' | 'Until';
  readonly moment: CronMoment;
  readonly onChange: (moment: CronMoment) => void;
}

const weekdayOptions = [1, 2, 3, 4, 5, 6, 0].map((day) => ({ value: String(day), label: weekdays[day] ?? '' }));
const monthOptions = months.map((label, index) => ({ value: String(index + 1), label }));

function MomentFields({ label, moment, onChange }: MomentFieldsProps) {
  const word = label.toLowerCase();
  return (
    <fieldset className="flex min-w-0 items-end gap-2">
      <legend className="sr-only">{label}</legend>
      {moment.kind === 'weekly' ? (
        <div className="min-w-0 flex-1">
          <SelectField
            label={label}
            aria-label={`Weekday ${word}`}
            value={String(moment.weekday)}
            options={weekdayOptions}
            onChange={(weekday) => onChange({ ...moment, weekday: Number(weekday) })}
          />
        </div>
      ) : null}
      {moment.kind === 'yearly' ? <DateFields label={label} moment={moment} onChange={onChange} /> : null}
      <div className={moment.kind === 'daily' ? 'min-w-0 flex-1' : 'w-28 shrink-0'}>
        <TextField
          label={moment.kind === 'daily' ? label : 'at'}
          aria-label={`Time ${word}`}
          type="time"
          required
          value={moment.time}
          // A time that is half typed is none.
          onChange={({ target }) => (target.value === '' ? undefined : onChange({ ...moment, time: target.value }))}
        />
      </div>
    </fieldset>
  );
}

type YearlyMoment = Extract<CronMoment, { kind: 'yearly' }>;

function DateFields({ label, moment, onChange }: MomentFieldsProps & { moment: YearlyMoment }) {
  const word = label.toLowerCase();
  const days = Array.from({ length: lastDay(moment.month) }, (_, index) => ({
    value: String(index + 1),
    label: String(index + 1),
  }));
  return (
    <>
      <div className="w-16 shrink-0">
        <SelectField
          label={label}
          aria-label={`Day ${word}`}
          value={String(moment.day)}
          options={days}
          onChange={(day) => onChange({ ...moment, day: Number(day) })}
        />
      </div>
      <div className="min-w-0 flex-1">
        <SelectField
          label="of"
          aria-label={`Month ${word}`}
          value={String(moment.month)}
          options={monthOptions}
          onChange={(month) =>
            onChange({ ...moment, month: Number(month), day: Math.min(moment.day, lastDay(Number(month))) })
          }
        />
      </div>
    </>
  );
}
