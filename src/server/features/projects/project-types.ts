import type { ProjectAccess, Visibility } from '../../principal.ts';

/** A project as features know it. `service` is its name, in the word of `ProjectAccess`. */
export interface Project extends ProjectAccess {
  readonly id: number;
  /** The last part of its path. */
  readonly name: string;
  /** What people call it; null: by its name. */
  readonly title: string | null;
  readonly description: string | null;
  readonly defaultBranch: string | null;
  readonly creatorId: number | null;
  /** Whether who started a deployment may approve it. */
  readonly allowSelfApproval: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The project of a number or path, in whatever case, whoever asks. */
export type FindProject = (idOrPath: string) => Promise<Project | undefined>;

/** One in a list, with when something last happened there. */
export interface ListedProject extends Project {
  readonly lastActivityAt: number;
}

export interface ProjectFilter {
  /** Part of its name, title or path. */
  readonly search?: string | undefined;
  readonly visibility?: Visibility | undefined;
  /** Only where the caller is an owner. */
  readonly owned?: boolean | undefined;
  /** Only where the caller is a member, at least at this level. */
  readonly memberFrom?: number | undefined;
  /** Only those that this user made. */
  readonly creatorId?: number | undefined;
  /** Only those right in this group, or with `below` also in those under it. */
  readonly namespace?: string | undefined;
  readonly below?: boolean | undefined;
  /** `path` is the last part alone; `full_path`: the namespace goes before it. */
  readonly orderBy: 'id' | 'name' | 'path' | 'full_path' | 'created_at' | 'updated_at' | 'last_activity_at';
  readonly sort: 'asc' | 'desc';
}

export interface NewProject {
  /** The last part of its path. */
  readonly name: string;
  readonly title: string | undefined;
  /** undefined: at the top, where only administrators make projects. */
  readonly groupId?: number | undefined;
  readonly description?: string | undefined;
  readonly visibility: Visibility;
  readonly defaultBranch?: string | undefined;
  readonly allowSelfApproval?: boolean | undefined;
}

/** undefined: stays as it is; null: cleared. */
export interface ProjectChange {
  readonly name?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | null | undefined;
  readonly visibility?: Visibility | undefined;
  readonly defaultBranch?: string | null | undefined;
  readonly allowSelfApproval?: boolean | undefined;
}
