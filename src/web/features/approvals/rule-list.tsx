import { CircleCheck, CircleDashed, CircleX, ShieldCheck, User, Users } from 'lucide-react';
import type { ApprovalDecision, ApprovalRule, InboxItem } from '../../../contract/approvals.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';

type Standing = Pick<InboxItem, 'rules' | 'decisions' | 'required'>;

const kindIcons = { user: User, group: Users, level: ShieldCheck } as const;
const anybody = 'Anybody who may deploy here';

/** Who must approve, how many have, and what each of them said. */
export function RuleList({ standing }: { standing: Standing }) {
  return (
    <ul aria-label="Approval rules" className="flex flex-col gap-2">
      {rulesOf(standing).map(({ key, rule, decisions }) => (
        <li key={key} className="flex flex-col gap-1">
          <RuleLine rule={rule} />
          {decisions.map((decision) => (
            <DecisionLine key={decision.username} decision={decision} />
          ))}
        </li>
      ))}
    </ul>
  );
}

/** The rules with their decisions; without rules one stands for them. */
function rulesOf({ rules, decisions, required }: Standing) {
  const given = decisions.filter(({ decision }) => decision === 'approve').length;
  const pending = Math.max(0, required - given);
  if (rules.length === 0) {
    return [{ key: anybody, rule: { name: anybody, kind: 'level', required, pending } as const, decisions }];
  }
  return rules.map((rule, index) => {
    const isFirst = rules.findIndex(({ name }) => name === rule.name) === index;
    // The project and its group may both name the same people.
    const key = `${rule.name} ${index}`;
    return { key, rule, decisions: isFirst ? decisions.filter((decision) => decision.rule === rule.name) : [] };
  });
}

function RuleLine({ rule: { name, kind, required, pending } }: { rule: ApprovalRule }) {
  const Icon = kindIcons[kind];
  const met = pending === 0;
  return (
    <span className="flex items-center gap-2 text-sm">
      <Icon aria-hidden size={13} className="shrink-0 text-muted" />
      <span className="min-w-0 truncate">{name}</span>
      <span className="inline-flex shrink-0 items-center gap-1 text-muted">
        {met ? (
          <CircleCheck aria-label="met:" size={12} strokeWidth={2.1} className="text-success" />
        ) : (
          <CircleDashed aria-label="open:" size={12} strokeWidth={2.1} />
        )}
        {required - pending} of {required}
      </span>
    </span>
  );
}

function DecisionLine({ decision: { username, name, decision, comment, decided_at } }: { decision: ApprovalDecision }) {
  const approved = decision === 'approve';
  return (
    <div className="flex gap-2 pl-[21px] text-sm">
      <span className={`mt-[2px] shrink-0 ${approved ? 'text-success' : 'text-failed'}`}>
        {approved ? (
          <CircleCheck aria-hidden size={12} strokeWidth={2.1} />
        ) : (
          <CircleX aria-hidden size={12} strokeWidth={2.1} />
        )}
      </span>
      <div className="min-w-0">
        <p className="text-muted">
          <span className="font-medium text-soft" data-tip={username}>
            {name}
          </span>{' '}
          {approved ? 'approved' : 'rejected'} <RelativeTime at={decided_at} />
        </p>
        {comment === null ? null : (
          <p className="max-h-40 overflow-y-auto break-words whitespace-pre-line text-soft">{comment}</p>
        )}
      </div>
    </div>
  );
}
