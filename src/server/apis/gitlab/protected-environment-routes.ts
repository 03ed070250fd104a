import { ShiplogFault } from '../../errors.ts';
import type { GroupService } from '../../features/groups/group-service.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import type { ProtectionService } from '../../features/protected-environments/protection-service.ts';
import type {
  EntryChange,
  ProtectionChange,
  ProtectionOwner,
} from '../../features/protected-environments/protection-types.ts';
import type { Principal } from '../../principal.ts';
import { message } from './answers.ts';
import { pageOf, pageParameters, paginate } from './pagination.ts';
import { boolean, integer, list, record, text, type Values } from './parameters.ts';
import { protectedEnvironmentView } from './protected-environment-view.ts';
import { type GitLabRoute, route } from './route.ts';

const entry = {
  id: integer(),
  user_id: integer({ nullable: true }),
  group_id: integer({ nullable: true }),
  access_level: integer({ nullable: true }),
  group_inheritance_type: integer({ min: 0, max: 1 }),
  required_approvals: integer(),
  _destroy: boolean(),
} as const;

const item = record(entry, { required: true });

const changes = {
  deploy_access_levels: list(item),
  approval_rules: list(item),
  required_approval_count: integer(),
} as const;

/** Whose protections a request is about. */
type FindOwner = (principal: Principal, id: string) => Promise<ProtectionOwner>;

/** Protected environments of projects, by name, and of groups, by tier. */
export function protectedEnvironmentRoutes(
  projects: ProjectService,
  groups: GroupService,
  protections: ProtectionService,
): GitLabRoute[] {
  return [
    ...routesOf('/projects/:id', protections, async (principal, id) => {
      return { kind: 'project', project: await projects.resolve(principal, id) };
    }),
    ...routesOf('/groups/:id', protections, async (principal, id) => {
      return { kind: 'group', group: await groups.resolve(principal, id) };
    }),
  ];
}

function routesOf(parent: string, protections: ProtectionService, findOwner: FindOwner): GitLabRoute[] {
  const base = `${parent}/protected_environments`;
  // Clients send the slashes of a name encoded or as they are.
  const byName = `${base}/*`;

  return [
    route({
      method: 'GET',
      url: base,
      access: 'read',
      parameters: pageParameters,
      handler: async (call) => {
        const owner = await findOwner(call.principal, call.path['id'] ?? '');
        const page = pageOf(call);
        const { items, total } = await protections.list(call.principal, owner, page);
        return paginate(call, page, { items: items.map(protectedEnvironmentView), total });
      },
    }),

    route({
      method: 'GET',
      url: byName,
      access: 'read',
      handler: async ({ principal, path }) => {
        const owner = await findOwner(principal, path['id'] ?? '');
        return protectedEnvironmentView(await protections.get(principal, owner, path['*'] ?? ''));
      },
    }),

    route({
      method: 'POST',
      url: base,
      access: 'write',
      limited: true,
      parameters: {
        name: text({ required: true }),
        ...changes,
        deploy_access_levels: list(item, { required: true }),
      },
      handler: async ({ principal, path, values }) => {
        const owner = await findOwner(principal, path['id'] ?? '');
        const made = unprocessable(protections.protect(principal, owner, values.name, changeOf(values)));
        return protectedEnvironmentView(await made);
      },
    }),

    route({
      method: 'PUT',
      url: byName,
      access: 'write',
      limited: true,
      parameters: changes,
      handler: async ({ principal, path, values }) => {
        const owner = await findOwner(principal, path['id'] ?? '');
        const changed = unprocessable(protections.update(principal, owner, path['*'] ?? '', changeOf(values)));
        return protectedEnvironmentView(await changed);
      },
    }),

    route({
      method: 'DELETE',
      url: byName,
      access: 'write',
      limited: true,
      handler: async ({ principal, path }) => {
        const owner = await findOwner(principal, path['id'] ?? '');
        await protections.unprotect(principal, owner, path['*'] ?? '');
      },
    }),
  ];
}

function changeOf(values: Values<typeof changes>): ProtectionChange {
  return {
    deployers: values.deploy_access_levels?.map(entryOf),
    approvalRules: values.approval_rules?.map(entryOf),
    requiredApprovals: values.required_approval_count,
  };
}

function entryOf(values: Values<typeof entry>): EntryChange {
  const { group_inheritance_type: inheritance } = values;
  return {
    id: values.id,
    remove: values._destroy,
    userId: values.user_id,
    groupId: values.group_id,
    accessLevel: values.access_level,
    withInherited: inheritance === undefined ? undefined : inheritance === 1,
    requiredApprovals: values.required_approvals,
  };
}

/** GitLab answers 422 with sentences here, where other resources answer 400 with fields. */
async function unprocessable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ShiplogFault) || error.code !== 'validation_failed') throw error;
    throw message(422, error.fields.map((field) => sentence(field.pointer, field.message)).join(', '));
  }
}

const fieldNames: Readonly<Record<string, string>> = {
  deployers: 'Deploy access levels',
  approval_rules: 'Approval rules',
  required_approval_count: 'Required approval count',
  name: 'Name',
};

/** What is wrong with a field of an entry says so itself. */
function sentence(pointer: string, text: string): string {
  const [, field = '', , ofEntry] = pointer.split('/');
  const name = ofEntry === undefined ? fieldNames[field] : undefined;
  return name === undefined ? text : `${name} ${text}`;
}
