import type { Generated } from 'kysely';

export interface HookTable {
  id: Generated<number>;
  project_id: number;
  url: string;
  name: string | null;
  description: string | null;
  /** Encrypted with the server's key. */
  sealed_secret: string | null;
  /** JSON: what it is told of, and how. */
  settings: string;
  created_at: number;
  updated_at: number;
  /** While it lies ahead a node delivers to this hook, and no other node does; afterwards, when it was last served. */
  busy_until: Generated<number>;
}

/** One thing to tell one hook, and how the last attempt went. */
export interface HookDeliveryTable {
  id: Generated<number>;
  hook_id: number;
  /** The same for every attempt. */
  uuid: string;
  /** The same for every hook that is told of one event. */
  event_uuid: string;
  trigger: string;
  body: string;
  created_at: number;
  /** null: delivered, resent, or given up. */
  next_attempt_at: number | null;
  attempts: Generated<number>;
  url: string | null;
  request_headers: string | null;
  response_status: number | null;
  response_headers: string | null;
  response_body: string | null;
  error: string | null;
  duration_ms: number | null;
  delivered_at: number | null;
  /** 1: sent again because somebody asked for it. */
  redelivery: Generated<number>;
  /** It keeps its place among those of this deployment; null: it has none to keep. */
  deployment_id: number | null;
  /** When somebody's sending it again reached the receiver, while it waited. */
  resent_at: number | null;
}

/** Who has it may tell a project of deployments, in the words of the tool that it is for. */
export interface IncomingSecretTable {
  id: Generated<number>;
  project_id: number;
  source: string;
  /** Encrypted with the server's key. */
  sealed_secret: string;
  created_by: number | null;
  created_at: number;
}

/** What another tool told, as it came. */
export interface IncomingDeliveryTable {
  id: Generated<number>;
  project_id: number;
  source: string;
  /** Tells a repeat of it from another. */
  delivery_key: string;
  event: string;
  /** JSON, without secrets. */
  headers: string;
  body: string;
  /** A hash of what it says: two that say the same have the same. */
  content: string;
  /** When what happened to a deployment by it was recorded; null: nothing was. */
  recorded_at: number | null;
  received_at: number;
  /** waiting, applied, kept or failed. */
  state: string;
  /** Why it failed. */
  reason: string | null;
  settled_at: number | null;
  /** While it lies ahead a node works on it, and no other node does. */
  busy_until: Generated<number>;
}
