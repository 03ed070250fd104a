import type { Generated } from 'kysely';

export interface ProjectTable {
  id: Generated<number>;
  /** The path of its group; empty where the service has none. */
  namespace: string;
  /** The last part of its path. */
  name: string;
  created_at: number;
  /** What people call it; null: by its name. */
  title: string | null;
  description: string | null;
  /** private, internal or public. */
  visibility: Generated<string>;
  /** The access level that every signed-in user has here, unless it is private. */
  everyone_level: Generated<number>;
  default_branch: string | null;
  creator_id: number | null;
  /** Whether who started a deployment may approve it. */
  allow_self_approval: Generated<number>;
  updated_at: Generated<number>;
  /** Deleted projects keep their rows, under another name: events refer to them. */
  deleted_at: number | null;
}

/** Apart from projects: the log writes these rows whole. */
export interface ProjectCounterTable {
  project_id: number;
  /** The last deployment iid given out. */
  deployment_iid: number;
}

/** A path that a project had before it, or a group above it, was renamed. */
export interface ProjectRedirectTable {
  namespace: string;
  name: string;
  project_id: number;
}

export interface EnvironmentTable {
  id: Generated<number>;
  project_id: number;
  name: string;
  slug: string;
  tier: string;
  created_at: number;
  external_url: string | null;
  description: string | null;
  /** Stopped until a deployment succeeds at a later position of the log. */
  stopped_at: number | null;
  stopped_position: number | null;
  auto_stop_at: number | null;
  auto_stop_setting: Generated<string>;
  /** When it is to be deleted, if it is stopped then. */
  auto_delete_at: number | null;
  cluster_agent_id: number | null;
  kubernetes_namespace: string | null;
  flux_resource_path: string | null;
  /** 1: only refs that its ref rules name may be deployed there. */
  refs_limited: Generated<number>;
  updated_at: Generated<number>;
  /** As with projects. */
  deleted_at: number | null;
}

/** A pattern of the branches or tags that may be deployed to an environment. */
export interface EnvironmentRefRuleTable {
  id: Generated<number>;
  environment_id: number;
  pattern: string;
  /** branch or tag. */
  kind: string;
  created_at: number;
}

export interface GroupTable {
  id: Generated<number>;
  /** From the top: `group/subgroup`. */
  path: string;
  name: string;
  description: string | null;
  visibility: string;
  created_at: number;
  updated_at: number;
}

/** Of either a group or a project. */
export interface MemberTable {
  id: Generated<number>;
  user_id: number;
  group_id: number | null;
  project_id: number | null;
  access_level: number;
  expires_at: number | null;
  created_by: number | null;
  created_at: number;
}
