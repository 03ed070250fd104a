import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { PageSection } from '../../ui/page.tsx';
import { useToast } from '../../ui/toast.tsx';
import { occasionWords } from './occasions.ts';
import { RuleDialog } from './rule-dialog.tsx';
import { type NotificationRule, notificationRules, storeNotificationRules } from './rules-store.ts';
import { useNotificationRules } from './use-rules.ts';

/** A new rule, as the form begins with it. */
const blank: Omit<NotificationRule, 'id'> = { occasions: ['failure'], project: '', environment: '' };

const suggested: readonly { readonly name: string; readonly rule: Omit<NotificationRule, 'id'> }[] = [
  { name: 'Failures in production', rule: { ...blank, environment: 'production' } },
  { name: 'What waits for my approval', rule: { ...blank, occasions: ['approval'] } },
];

/** What this browser is told of, and changing it. */
export function RulesSection() {
  const rules = useNotificationRules();
  const [edited, setEdited] = useState<NotificationRule>();
  const create = useRef<HTMLButtonElement>(null);
  const tell = useToast();
  const onNew = (rule: Omit<NotificationRule, 'id'>) => setEdited({ ...rule, id: String(Date.now()) });
  const remove = (rule: NotificationRule) => {
    storeNotificationRules(notificationRules().filter(({ id }) => id !== rule.id));
    tell('The rule is deleted.');
    create.current?.focus();
  };
  return (
    <PageSection
      title="Rules"
      about="You are told of a deployment that comes to one of these, once for all tabs."
      actions={
        <Button ref={create} look="primary" onClick={() => onNew(blank)}>
          <Plus aria-hidden size={14} />
          New rule
        </Button>
      }
    >
      {rules.length === 0 ? (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-y px-4 py-3">
          <p className="min-w-0 flex-1 basis-48 text-muted">You are told of nothing. Begin with one of these:</p>
          {suggested.map(({ name, rule }) => (
            <Button key={name} onClick={() => onNew(rule)}>
              {name}
            </Button>
          ))}
        </div>
      ) : (
        <RuleTable rules={rules} onEdit={setEdited} onDelete={remove} />
      )}
      {edited ? <RuleDialog rule={edited} onClose={() => setEdited(undefined)} /> : null}
    </PageSection>
  );
}

interface RuleTableProps {
  readonly rules: readonly NotificationRule[];
  readonly onEdit: (rule: NotificationRule) => void;
  readonly onDelete: (rule: NotificationRule) => void;
}

function RuleTable({ rules, onEdit, onDelete }: RuleTableProps) {
  const any = <span className="text-muted">any</span>;
  return (
    <DataTable
      label="Notification rules"
      rows={rules}
      keyOf={({ id }) => id}
      columns={[
        { key: 'when', head: 'When', cell: ({ occasions }) => occasionWords(occasions) },
        { key: 'project', head: 'Project', cell: ({ project }) => project || any },
        { key: 'environment', head: 'Environment', cell: ({ environment }) => environment || any },
      ]}
      actions={(rule) => (
        <>
          <IconButton label={`Change the rule: ${occasionWords(rule.occasions)}`} onClick={() => onEdit(rule)}>
            <Pencil aria-hidden size={14} />
          </IconButton>
          <IconButton label={`Delete the rule: ${occasionWords(rule.occasions)}`} onClick={() => onDelete(rule)}>
            <Trash2 aria-hidden size={14} />
          </IconButton>
        </>
      )}
    />
  );
}
