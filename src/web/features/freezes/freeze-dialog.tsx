import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { FreezePeriod } from '../../../contract/freeze-periods.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { fieldFault, isStatus, refusalText } from '../../lib/refusal.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { FormActions } from '../../ui/form-actions.tsx';
import { DialogBody, Modal } from '../../ui/modal.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { draftOf, type FreezeDraft } from './freeze-draft.ts';
import { FreezePreview } from './freeze-preview.tsx';
import { previewQuery } from './preview-query.ts';
import { RhythmFields } from './rhythm-fields.tsx';
import { useSaveFreeze } from './save-freeze-mutation.ts';
import { ZoneField } from './zone-field.tsx';

interface FreezeDialogProps {
  readonly project: string;
  /** The one to change; undefined: a new one. */
  readonly period: FreezePeriod | undefined;
  readonly onClose: () => void;
  readonly onSaved: (period: FreezePeriod) => void;
}

const typingMs = 250;

/** Makes or changes a freeze period, and shows when it would hold. What was entered outlives every refusal. */
export function FreezeDialog({ project, period, onClose, onSaved }: FreezeDialogProps) {
  const [begun] = useState(() => draftOf(period));
  const [draft, setDraft] = useState(begun);
  const asked = useSettled(draft, typingMs);
  const preview = useQuery(previewQuery(usePageServices().client, asked));
  const save = useSaveFreeze(project, period);
  // What was refused of another draft says nothing of this one.
  const refused = save.variables?.draft === draft ? save.error : null;
  const faults = faultsOf(refused ?? (asked === draft ? preview.error : null));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate({ draft, begun }, { onSuccess: onSaved });
  };
  const change = (part: Partial<FreezeDraft>) => setDraft((before) => ({ ...before, ...part }));
  const isFieldFault = [faults.start, faults.end, faults.zone].some((fault) => fault !== undefined);
  return (
    <Modal title={period ? 'Change the freeze period' : `New freeze period of ${project}`} onClose={onClose}>
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <DialogBody>
          <RhythmFields draft={draft} onChange={change} />
          <CronFields draft={draft} faults={faults} onChange={change} />
          <ZoneField value={draft.zone} error={faults.zone} onChange={(zone) => change({ zone })} />
          <FreezePreview
            preview={preview.data}
            isOld={asked !== draft || preview.isPlaceholderData}
            fault={preview.error ? previewFault(preview.error) : undefined}
          />
        </DialogBody>
        <FormActions
          refusal={refused && !isFieldFault ? refusalText(refused) : undefined}
          pending={save.isPending}
          word={period ? 'Save' : 'Create the freeze period'}
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}

interface Faults {
  readonly start: string | undefined;
  readonly end: string | undefined;
  readonly zone: string | undefined;
}

interface CronFieldsProps {
  readonly draft: FreezeDraft;
  readonly faults: Faults;
  readonly onChange: (change: Partial<FreezeDraft>) => void;
}

function CronFields({ draft, faults, onChange }: CronFieldsProps) {
  const cron = { required: true, maxLength: 255, autoComplete: 'off', spellCheck: false } as const;
  return (
    <div className="grid gap-3 md:grid-cols-2">
      <TextField
        {...cron}
        label="Begins, as a cron line"
        hint="Minute, hour, day, month, weekday."
        error={faults.start}
        value={draft.start}
        onChange={({ target }) => onChange({ start: target.value })}
      />
      <TextField
        {...cron}
        label="Ends, as a cron line"
        hint="It ends the next time that this comes."
        error={faults.end}
        value={draft.end}
        onChange={({ target }) => onChange({ end: target.value })}
      />
    </div>
  );
}

function faultsOf(error: Error | null): Faults {
  const line = 'Not a cron line that ever comes: minute, hour, day, month, weekday.';
  return {
    start: fieldFault(error, 'freeze_start') === undefined ? undefined : line,
    end: fieldFault(error, 'freeze_end') === undefined ? undefined : line,
    zone: fieldFault(error, 'cron_timezone') === undefined ? undefined : 'There is no such time zone.',
  };
}

function previewFault(error: Error): string {
  return isStatus(error, 422)
    ? 'They are shown once both lines and the time zone can be read.'
    : `They cannot be shown. ${refusalText(error)}`;
}
