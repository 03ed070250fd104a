import type { Generated } from 'kysely';

export interface UserTable {
  id: Generated<number>;
  username: string;
  name: string;
  password_hash: string | null;
  is_admin: number;
  must_change_password: number;
  signed_in_at: number | null;
  created_at: number;
  email: string | null;
  /** active or blocked. */
  state: Generated<string>;
  /** 1: acts for a project or group token, and cannot sign in. */
  bot: Generated<number>;
}

export interface TokenTable {
  id: Generated<number>;
  name: string;
  token_hash: string;
  /** JSON array. */
  scopes: string;
  user_id: number | null;
  project_id: number | null;
  group_path: string | null;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
  description: string | null;
  /** What a project or group token may do there. */
  access_level: number | null;
  revoked_at: number | null;
}

export interface SessionTable {
  id_hash: string;
  user_id: number | null;
  token_id: number | null;
  /** Begun with the administrator's token of the settings: its hash, so that the session ends when the setting changes. */
  admin_hash: string | null;
  created_at: number;
  expires_at: number;
  /** When it was last used, to the minute; null: before that was noted. */
  seen_at: number | null;
  /** What the browser called itself when it began. */
  user_agent: string | null;
}
