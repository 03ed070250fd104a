import type { DetailColumns } from './log.ts';

/** Projection: the fold of a deployment's events (log/fold-deployment.ts). */
export interface DeploymentTable extends DetailColumns {
  id: number;
  iid: number;
  project_id: number;
  environment_id: number;
  key: string | null;
  status: string;
  word: string;
  status_at: number;
  status_position: number;
  event_id: string;
  reporter: string | null;
  clock_skew: number;
  started_at: number | null;
  finished_at: number | null;
  /** The newest success or failure: null where there is none; the mark is null where it is the latest status itself. */
  terminal_position: number | null;
  terminal_mark: string | null;
  success_position: number | null;
  success_mark: string | null;
  first_position: number;
  event_count: number;
  created_at: number;
  updated_at: number;
  /** The user of its first event. */
  user_id: number | null;
  flags: string | null;
  /** 1: it was deleted, or its environment was. */
  deleted: number | null;
}

/** Projection: what deployments were asked for with, where they are carried out by a tool. */
export interface DeploymentRequestTable {
  deployment_id: number;
  task: string;
  /** JSON, as it was given. */
  payload: string;
  transient: number;
  production: number;
}

/** Projection: the events by which deployments came to wait. */
export interface WaitTable {
  position: number;
  deployment_id: number;
  environment_id: number;
}

/** Projection: the keys that deployments ever named as those of their parents; what is true now, the deployment says. */
export interface PromotionTable {
  parent_key: string;
  project_id: number;
  deployment_id: number;
}

/** Projection: what the matrix shows of one project in one environment (log/fold-slot.ts). */
export interface SlotTable {
  environment_id: number;
  project_id: number;
  current_id: number | null;
  current_at: number | null;
  current_position: number | null;
  current_status: string | null;
  success_id: number | null;
  success_at: number | null;
  success_position: number | null;
  terminal_id: number | null;
  terminal_at: number | null;
  terminal_position: number | null;
  terminal_status: string | null;
  context_id: number | null;
  context_at: number | null;
  context_position: number | null;
  context_status: string | null;
  /** JSON: the newest successful deployments, newest first; see projection-rows.ts. */
  recent: string;
  /** log_head.slot_version of the batch that last changed this row. */
  version: number;
}
