import type { Clock } from '../../clock.ts';
import { invalid, notFound, ShiplogFault } from '../../errors.ts';
import { type AuditEntry, writeAudit } from '../../log/audit-log.ts';
import type { Structure } from '../../log/structure.ts';
import type { Principal, ProjectAccess } from '../../principal.ts';
import { requireMaintainer } from '../../require-level.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { Project } from '../projects/project-types.ts';
import type { HookChange, HookEditor } from './hook-editor.ts';
import type { HookStore } from './hook-store.ts';
import type { Hook } from './webhook-types.ts';

export type HookedProject = ProjectAccess & { readonly id: number };

const mostHooks = 100;

/** The hooks of projects, for their maintainers: each call throws `forbidden` for others. */
export class WebhookService {
  readonly #store: HookStore;
  readonly #structure: Structure;
  readonly #editor: HookEditor;
  readonly #projects: ProjectService;
  readonly #clock: Clock;

  constructor(store: HookStore, structure: Structure, editor: HookEditor, projects: ProjectService, clock: Clock) {
    this.#store = store;
    this.#structure = structure;
    this.#editor = editor;
    this.#projects = projects;
    this.#clock = clock;
  }

  /** Of one shape, or all. */
  async list(
    principal: Principal,
    project: HookedProject,
    { limit, offset }: { readonly limit: number; readonly offset: number },
    shape?: string,
  ): Promise<{ items: Hook[]; total: number }> {
    requireMaintainer(principal, project);
    const hooks = await this.#store.all(project.id);
    const ours = hooks.filter(({ settings }) => shape === undefined || settings.shape === shape);
    return { items: ours.slice(offset, offset + limit), total: ours.length };
  }

  /** Throws `not_found`, also for a hook of another shape. */
  async get(principal: Principal, project: HookedProject, id: number, shape?: string): Promise<Hook> {
    requireMaintainer(principal, project);
    const hook = await this.#store.byId(id);
    const isThere = hook?.projectId === project.id && (shape === undefined || hook.settings.shape === shape);
    if (!hook || !isThere) throw notFound('hook');
    return hook;
  }

  /**
   * A hook and its project, for who knows its id alone. Throws `not_found` in the same words where there is none and where
   * the principal may not know of its project: ids tell nothing.
   */
  async place(principal: Principal, id: number): Promise<{ readonly project: Project; readonly hook: Hook }> {
    const hook = await this.#store.byId(id);
    if (!hook) throw notFound('hook');
    const project = await this.#projects.resolve(principal, String(hook.projectId)).catch((error: unknown) => {
      throw error instanceof ShiplogFault && error.code === 'not_found' ? notFound('hook') : error;
    });
    requireMaintainer(principal, project);
    return { project, hook };
  }

  /** Throws `validation_failed`, with the pointer `/url` where requests may not go there. */
  async create(principal: Principal, project: HookedProject, shape: string, change: HookChange): Promise<Hook> {
    requireMaintainer(principal, project);
    const hook = this.#editor.made(project.id, shape, change);
    const stored = await this.#structure.change(async ({ kysely }) => {
      const made = await this.#store.insert(kysely, hook, mostHooks);
      if (made) await writeAudit(kysely, this.#entry(principal, 'webhook_created', made));
      return made;
    });
    if (!stored) throw invalid([{ pointer: '/base', message: `Maximum number of hooks (${mostHooks}) exceeded` }]);
    return stored;
  }

  /** `changeOf` is asked for the change to the hook as it is when no other change can come between. Throws as `create`, and `not_found`. */
  async update(
    principal: Principal,
    project: HookedProject,
    id: number,
    changeOf: (now: Hook) => HookChange,
  ): Promise<Hook> {
    requireMaintainer(principal, project);
    const stored = await this.#store.change(
      project.id,
      id,
      (now) => this.#editor.changed(now, changeOf(now)),
      (before, after) => this.#changed(principal, before, after),
    );
    if (!stored) throw notFound('hook');
    return stored;
  }

  /** With its deliveries: those that wait are not sent. */
  async delete(principal: Principal, project: HookedProject, id: number): Promise<void> {
    const hook = await this.get(principal, project, id);
    await this.#structure.change(async ({ kysely }) => {
      await this.#store.delete(kysely, id);
      await writeAudit(kysely, this.#entry(principal, 'webhook_deleted', hook));
    });
  }

  #changed(author: Principal, before: Hook, after: Hook): AuditEntry {
    const { active, topics } = after.settings;
    const hasOtherSecret = before.sealedSecret !== after.sealedSecret;
    const hasOtherHeaders = before.settings.sealedHeaders !== after.settings.sealedHeaders;
    return this.#entry(author, 'webhook_changed', after, {
      ...(before.url === after.url ? {} : { address: 'changed' }),
      ...(active === before.settings.active ? {} : { active }),
      ...(String(topics) === String(before.settings.topics) ? {} : { topics: topics.join(', ') }),
      ...(hasOtherSecret ? { secret: 'changed' } : {}),
      ...(hasOtherHeaders ? { headers: 'changed' } : {}),
    });
  }

  /** Of an address only the host: the rest of it may be what lets one in. */
  #entry(
    author: Principal,
    action: AuditEntry['action'],
    { id, projectId, url }: Hook,
    details: AuditEntry['details'] = {},
  ): AuditEntry {
    const host = URL.canParse(url) ? new URL(url).host : '';
    const place = { projectId, groupId: null };
    return { at: this.#clock(), author, ...place, action, details: { webhook_id: id, host, ...details } };
  }
}
