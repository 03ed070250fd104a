import { type Static, Type } from 'typebox';
import { DeploymentMark } from './changes.ts';
import { DeploymentEvent, text } from './deployment-event.ts';
import { limits } from './limits.ts';

const decisions = ['approve', 'reject'] as const;
const decision = Type.Unsafe<(typeof decisions)[number]>({ type: 'string', enum: [...decisions] });

/** What a user decides about a deployment that waits. */
export const DecisionRequest = Type.Object(
  {
    decision,
    comment: Type.Optional(text(limits.comment, 'Why.')),
    represented_as: Type.Optional(
      text(limits.service, 'Part of the name of the rule to decide for; absent: the first that fits.'),
    ),
  },
  { additionalProperties: false, $id: 'DecisionRequest' },
);
export type DecisionRequest = Static<typeof DecisionRequest>;

export const ApprovalDecision = Type.Object(
  {
    username: Type.String(),
    name: Type.String(),
    decision,
    rule: Type.Union([Type.String(), Type.Null()], {
      description: 'The name of the rule it counts for, where there are rules.',
    }),
    comment: Type.Union([Type.String(), Type.Null()]),
    decided_at: Type.String({ format: 'date-time' }),
  },
  { $id: 'ApprovalDecision' },
);
export type ApprovalDecision = Static<typeof ApprovalDecision>;

const ruleKinds = ['user', 'group', 'level'] as const;

export const ApprovalRule = Type.Object(
  {
    name: Type.String({ description: 'The user, group or access level that approves.' }),
    kind: Type.Unsafe<(typeof ruleKinds)[number]>({ type: 'string', enum: [...ruleKinds] }),
    required: Type.Integer(),
    pending: Type.Integer({ description: 'How many approvals it lacks.' }),
  },
  { $id: 'ApprovalRule' },
);
export type ApprovalRule = Static<typeof ApprovalRule>;

const standing = {
  deployment: DeploymentEvent,
  requested_by: Type.Union([Type.String(), Type.Null()], { description: 'User name; null: somebody without one.' }),
  required: Type.Integer({ description: 'How many approvals are needed in all.' }),
  pending: Type.Integer({ description: 'How many it still waits for.' }),
  rules: Type.Array(ApprovalRule, { description: 'Without any, whoever may deploy there may approve.' }),
  decisions: Type.Array(ApprovalDecision),
};

const standings = ['not-needed', 'pending', 'approved', 'rejected'] as const;

/** What was decided about one deployment, what is needed, and what the caller may still decide. */
export const ApprovalState = Type.Object(
  {
    ...standing,
    state: Type.Unsafe<(typeof standings)[number]>({ type: 'string', enum: [...standings] }),
    may_approve: Type.Boolean(),
    may_reject: Type.Boolean(),
  },
  { $id: 'ApprovalState' },
);
export type ApprovalState = Static<typeof ApprovalState>;

const difference = (description: string) =>
  Type.Union([Type.Object({ commits: Type.Integer(), changes: Type.Integer() }), Type.Null()], { description });

export const InboxItem = Type.Object(
  {
    ...standing,
    replaces: Type.Union([DeploymentMark, Type.Null()], { description: 'What runs there now; null: nothing.' }),
    brings: difference(
      'How much it has that what runs there has not; null: not known, as nothing runs there, a commit is not known, or no repository is connected.',
    ),
    takes_out: difference(
      'How much that has and it has not, null where `brings` is. It is older where it brings nothing and takes out something.',
    ),
  },
  { $id: 'InboxItem' },
);
export type InboxItem = Static<typeof InboxItem>;

/** What waits for the caller's decision, latest first. */
export const Inbox = Type.Object(
  {
    items: Type.Array(InboxItem),
    next_cursor: Type.Union([Type.String(), Type.Null()], {
      description: 'null on the last page. A page may hold fewer items than asked for, and still not be the last.',
    }),
  },
  { $id: 'Inbox' },
);
export type Inbox = Static<typeof Inbox>;

export const InboxQuery = Type.Object(
  {
    limit: Type.Optional(
      Type.String({ format: 'page-size', description: `1 to ${limits.page}; ${limits.defaultPage} when absent.` }),
    ),
    cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$', description: 'next_cursor of the page before.' })),
  },
  { additionalProperties: false, $id: 'InboxQuery' },
);
export type InboxQuery = Static<typeof InboxQuery>;
