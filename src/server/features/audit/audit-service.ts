import { notFound } from '../../errors.ts';
import type { AuditEntry } from '../../log/audit-log.ts';
import type { Principal, ProjectAccess } from '../../principal.ts';
import { requireMaintainer } from '../../require-level.ts';
import type { AuditStore } from './audit-store.ts';

export interface AuditFacts extends AuditEntry {
  readonly id: number;
}

export interface AuditQuery {
  /** Epoch milliseconds, both inclusive. */
  readonly after: number | undefined;
  readonly before: number | undefined;
  readonly limit: number;
  readonly offset: number;
}

type AuditedProject = ProjectAccess & { readonly id: number };
type StoredEntry = NonNullable<Awaited<ReturnType<AuditStore['byId']>>>;

/** The record of what people did: entries are only ever added. */
export class AuditService {
  readonly #store: AuditStore;

  constructor(store: AuditStore) {
    this.#store = store;
  }

  /** The entries of a project, newest first, for its maintainers. Throws `forbidden`. */
  async list(
    principal: Principal,
    project: AuditedProject,
    { after, before, limit, offset }: AuditQuery,
  ): Promise<{ items: AuditFacts[]; total: number }> {
    requireMaintainer(principal, project);
    const { items, total } = await this.#store.page(project.id, { after, before }, { limit, offset });
    return { items: items.map(factsOf), total };
  }

  /** Throws `forbidden`, and `not_found` where the project has no such entry. */
  async get(principal: Principal, project: AuditedProject, id: number): Promise<AuditFacts> {
    requireMaintainer(principal, project);
    const row = await this.#store.byId(project.id, id);
    if (!row) throw notFound('audit entry');
    return factsOf(row);
  }
}

function factsOf(row: StoredEntry): AuditFacts {
  return {
    id: row.id,
    at: row.created_at,
    author: { userId: row.author_id, name: row.author_name },
    projectId: row.project_id,
    groupId: row.group_id,
    action: row.action,
    details: JSON.parse(row.details),
  };
}
