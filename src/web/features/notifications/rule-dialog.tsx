import { type FormEvent, useState } from 'react';
import { CheckField, FieldGroup } from '../../ui/check-field.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { DialogBody, Modal } from '../../ui/modal.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { occasions } from './occasions.ts';
import { type NotificationRule, notificationRules, storeNotificationRules } from './rules-store.ts';

interface RuleDialogProps {
  /** The one to change; one that is not stored yet is created. */
  readonly rule: NotificationRule;
  readonly onClose: () => void;
}

/** Of what, and where. */
export function RuleDialog({ rule: begun, onClose }: RuleDialogProps) {
  const [rule, setRule] = useState(begun);
  const [refusal, setRefusal] = useState<string>();
  const tell = useToast();
  const isNew = !notificationRules().some(({ id }) => id === begun.id);
  const change = (part: Partial<NotificationRule>) => setRule((before) => ({ ...before, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (rule.occasions.length === 0) return setRefusal('Choose at least one occasion.');
    try {
      const others = notificationRules();
      storeNotificationRules(isNew ? [...others, rule] : others.map((other) => (other.id === rule.id ? rule : other)));
    } catch {
      return setRefusal('This browser keeps nothing: its storage is switched off or full.');
    }
    tell('The rule is saved.');
    onClose();
  };
  return (
    <Modal title={isNew ? 'New rule' : 'Change the rule'} onClose={onClose}>
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <DialogBody>
          <FieldGroup label="When a deployment">
            {occasions.map(({ key, word, hint }, index) => (
              <CheckField
                key={key}
                autoFocus={index === 0}
                label={word}
                hint={hint}
                checked={rule.occasions.includes(key)}
                onChange={({ target }) =>
                  change({
                    occasions: target.checked
                      ? [...rule.occasions, key]
                      : rule.occasions.filter((occasion) => occasion !== key),
                  })
                }
              />
            ))}
          </FieldGroup>
          <TextField
            label="Project"
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            placeholder="Any"
            hint="As in the matrix’s filter: a part of its name, or a pattern such as acme/*."
            value={rule.project}
            onChange={({ target }) => change({ project: target.value })}
          />
          <TextField
            label="Environment"
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            placeholder="Any"
            hint="Its name, or a pattern such as prod*."
            value={rule.environment}
            onChange={({ target }) => change({ environment: target.value })}
          />
        </DialogBody>
        <FormActions refusal={refusal} pending={false} word="Save the rule" onCancel={onClose} />
      </form>
    </Modal>
  );
}
