import { accessLevels } from '../../../contract/access-levels.ts';
import { projectPath } from '../../../contract/project-path.ts';
import { levelTooLow, notFound } from '../../errors.ts';
import type { AuditEntry } from '../../log/audit-log.ts';
import type { Principal, ProjectAccess } from '../../principal.ts';
import { requireMaintainer } from '../../require-level.ts';
import { type Group, groupLevel } from '../groups/group-types.ts';
import type { AuditPlace, AuditStore, StoredEntry } from './audit-store.ts';

export interface AuditFacts extends Omit<AuditEntry, 'action'> {
  readonly id: number;
  /** Also one that only another version of the server writes. */
  readonly action: string;
  /** What the project or group is called now; undefined: it belongs to none, or that was deleted. */
  readonly project: string | undefined;
  readonly group: string | undefined;
}

export interface AuditQuery {
  /** Epoch milliseconds, both inclusive. */
  readonly after: number | undefined;
  readonly before: number | undefined;
  readonly limit: number;
  readonly offset: number;
}

export interface AuditList {
  readonly items: readonly AuditFacts[];
  readonly total: number;
}

type AuditedProject = ProjectAccess & { readonly id: number };

/** The record of what people did: entries are only ever added. */
export class AuditService {
  readonly #store: AuditStore;

  constructor(store: AuditStore) {
    this.#store = store;
  }

  /** The entries of a project, newest first, for its maintainers. Throws `forbidden`. */
  async list(principal: Principal, project: AuditedProject, query: AuditQuery): Promise<AuditList> {
    requireMaintainer(principal, project);
    return this.#page({ kind: 'project', id: project.id }, query);
  }

  /** The entries of a group itself, for its maintainers. Throws `forbidden`. */
  async ofGroup(principal: Principal, { id, path }: Group, query: AuditQuery): Promise<AuditList> {
    if (groupLevel(principal, path) < accessLevels.maintainer) throw levelTooLow();
    return this.#page({ kind: 'group', id }, query);
  }

  /** All there are, or only those of no project or group. The route lets only administrators in. */
  ofServer(kind: 'all' | 'server', query: AuditQuery): Promise<AuditList> {
    return this.#page({ kind }, query);
  }

  /** Throws `forbidden`, and `not_found` where the project has no such entry. */
  async get(principal: Principal, project: AuditedProject, id: number): Promise<AuditFacts> {
    requireMaintainer(principal, project);
    const row = await this.#store.byId(project.id, id);
    if (!row) throw notFound('audit entry');
    return factsOf(row);
  }

  async #page(place: AuditPlace, { after, before, limit, offset }: AuditQuery): Promise<AuditList> {
    const { items, total } = await this.#store.page(place, { after, before }, { limit, offset });
    return { items: items.map(factsOf), total };
  }
}

function factsOf(row: StoredEntry): AuditFacts {
  return {
    id: row.id,
    at: row.created_at,
    author: { userId: row.author_id, name: row.author_name },
    projectId: row.project_id,
    groupId: row.group_id,
    project:
      row.project_name === null
        ? undefined
        : projectPath({ namespace: row.namespace ?? '', service: row.project_name }),
    group: row.group_path ?? undefined,
    action: row.action,
    details: JSON.parse(row.details),
  };
}
