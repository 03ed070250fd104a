import { type Static, Type } from 'typebox';
import { accessLevels } from './access-levels.ts';
import { text } from './deployment-event.ts';
import { projectReference } from './fields.ts';
import { limits } from './limits.ts';

/** The access levels that an entry may name. */
export const entryLevels = [accessLevels.developer, accessLevels.maintainer, accessLevels.admin] as const;

export const protectionLimits = { name: 255, entries: 100, approvals: 100 } as const;

const ownerQuery = {
  project: Type.Optional(projectReference),
  group: Type.Optional(
    text(limits.namespace, 'Its path, or its number: its protections hold in all projects below it.'),
  ),
};

/** Exactly one of project and group. */
export const ProtectionOwnerQuery = Type.Object(ownerQuery, {
  additionalProperties: false,
  $id: 'ProtectionOwnerQuery',
});
export type ProtectionOwnerQuery = Static<typeof ProtectionOwnerQuery>;

export const ProtectionListQuery = Type.Object(
  {
    ...ownerQuery,
    limit: Type.Optional(
      Type.String({ format: 'page-size', description: `1 to ${limits.page}; ${limits.defaultPage} when absent.` }),
    ),
    cursor: Type.Optional(Type.String({ format: 'digits', description: 'next_cursor of the page before.' })),
  },
  { additionalProperties: false, $id: 'ProtectionListQuery' },
);
export type ProtectionListQuery = Static<typeof ProtectionListQuery>;

const id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });
const level = Type.Unsafe<(typeof entryLevels)[number]>({
  type: 'integer',
  enum: [...entryLevels],
  description: 'Everybody from this level on: 30 developers, 40 maintainers, 60 administrators.',
});
const approvals = Type.Integer({ minimum: 1, maximum: protectionLimits.approvals });
const withInherited = Type.Boolean({ description: 'Of a group: members of the groups above it count as its own.' });

const entryChange = {
  id: Type.Optional(Type.Integer({ ...id, description: 'The entry to change or remove; absent: a new one.' })),
  remove: Type.Optional(Type.Boolean()),
  user_id: Type.Optional(id),
  group_id: Type.Optional(id),
  level: Type.Optional(level),
  with_inherited: Type.Optional(withInherited),
};

/** One of user, group and level; entries that are not named stay as they are. */
export const DeployerChange = Type.Object(entryChange, { additionalProperties: false, $id: 'DeployerChange' });
export type DeployerChange = Static<typeof DeployerChange>;

export const ApprovalRuleChange = Type.Object(
  { ...entryChange, required_approvals: Type.Optional(approvals) },
  { additionalProperties: false, $id: 'ApprovalRuleChange' },
);
export type ApprovalRuleChange = Static<typeof ApprovalRuleChange>;

const changes = {
  deployers: Type.Optional(Type.Array(DeployerChange, { maxItems: 2 * protectionLimits.entries })),
  approval_rules: Type.Optional(Type.Array(ApprovalRuleChange, { maxItems: 2 * protectionLimits.entries })),
  required_approval_count: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: protectionLimits.approvals,
      description: 'By anybody who may deploy there; counts only where there are no rules.',
    }),
  ),
  any_rule: Type.Optional(Type.Boolean({ description: 'Whether any one of the rules suffices, instead of all.' })),
  self_approval: Type.Optional(
    Type.Union([Type.Boolean(), Type.Null()], {
      description: 'Whether who started a deployment may approve it; null: as the project says.',
    }),
  ),
};

/** Protects an environment by its name or, of a group, all of a tier. */
export const ProtectionRequest = Type.Object(
  { name: text(protectionLimits.name, 'Of the environment; of a group, the tier.'), ...changes },
  { additionalProperties: false, $id: 'ProtectionRequest' },
);
export type ProtectionRequest = Static<typeof ProtectionRequest>;

/** What is not said stays as it is. */
export const ProtectionUpdate = Type.Object(changes, { additionalProperties: false, $id: 'ProtectionUpdate' });
export type ProtectionUpdate = Static<typeof ProtectionUpdate>;

const entryKinds = ['user', 'group', 'level'] as const;
const entry = {
  id: Type.Integer(),
  kind: Type.Unsafe<(typeof entryKinds)[number]>({ type: 'string', enum: [...entryKinds] }),
  name: Type.String({
    description:
      'What people call the user, group or level; `a user` or `a group`: one that the caller cannot look up.',
  }),
  user_id: Type.Union([Type.Integer(), Type.Null()]),
  username: Type.Union([Type.String(), Type.Null()]),
  group_id: Type.Union([Type.Integer(), Type.Null()]),
  group_path: Type.Union([Type.String(), Type.Null()]),
  level: Type.Union([Type.Integer(), Type.Null()]),
  with_inherited: withInherited,
};

// Without an $id of their own: a schema that has one may stand in an answer only once.
const Deployer = Type.Object(entry);
export type Deployer = Static<typeof Deployer>;

const ProtectionRule = Type.Object({ ...entry, required_approvals: Type.Integer() });
export type ProtectionRule = Static<typeof ProtectionRule>;

/** Who may deploy to an environment, and who must approve it. Where several protect it, all of them hold. */
export const ProtectedEnvironment = Type.Object(
  {
    name: Type.String({ description: 'Of the environment; of a group, the tier.' }),
    group: Type.Union([Type.String(), Type.Null()], {
      description: 'The group that protects all environments of the tier below it; null: the project itself.',
    }),
    deployers: Type.Array(Deployer),
    approval_rules: Type.Array(ProtectionRule),
    required_approval_count: Type.Integer(),
    any_rule: Type.Boolean(),
    self_approval: Type.Union([Type.Boolean(), Type.Null()]),
  },
  { $id: 'ProtectedEnvironment' },
);
export type ProtectedEnvironment = Static<typeof ProtectedEnvironment>;

export const ProtectedEnvironmentPage = Type.Object(
  {
    items: Type.Array(ProtectedEnvironment),
    inherited: Type.Array(Type.Object(ProtectedEnvironment.properties), {
      description: 'What the groups above protect, outermost first. On the first page only.',
    }),
    may_change: Type.Boolean({ description: 'Whether the caller may protect, change and unprotect.' }),
    next_cursor: Type.Union([Type.String(), Type.Null()], { description: 'null on the last page.' }),
  },
  { $id: 'ProtectedEnvironmentPage' },
);
export type ProtectedEnvironmentPage = Static<typeof ProtectedEnvironmentPage>;
