import { ShiplogFault } from '../../errors.ts';
import { anonymous, type Principal, type Reach } from '../../principal.ts';

/** A person or a bot, without what proves who it is. */
export interface User {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly email: string | null;
  readonly isAdmin: boolean;
  /** A blocked user cannot sign in, and its tokens are dead. */
  readonly state: 'active' | 'blocked';
  /** Acts for a project or group token, or the administrator's token of the settings; cannot sign in. */
  readonly bot: boolean;
  /** Only a name is left of it, beside what it did. */
  readonly isDeleted: boolean;
  readonly signedInAt: number | null;
  readonly createdAt: number;
}

export interface UserFilter {
  /** Only members of what a principal reaches, and of the groups around it. */
  readonly around?: Reach | undefined;
  /** Exactly, in whatever case. */
  readonly username?: string | undefined;
  /** Part of the user name or name; for administrators also the whole of an email address. */
  readonly search?: string | undefined;
  readonly state?: User['state'] | undefined;
  readonly admins?: boolean | undefined;
  /** true: bots only; false: people only. */
  readonly bots?: boolean | undefined;
  readonly createdAfter?: number | undefined;
  readonly createdBefore?: number | undefined;
  readonly orderBy: 'id' | 'name' | 'username' | 'created_at' | 'updated_at';
  readonly sort: 'asc' | 'desc';
}

/** undefined: stays as it is. */
export interface UserChange {
  readonly username?: string | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly password?: string | undefined;
  readonly admin?: boolean | undefined;
}

/** Throws `unauthenticated` for nobody: who uses a server is not for the public, even where reading is. */
export function refuseNobody(principal: Principal): void {
  if (principal === anonymous) throw new ShiplogFault('unauthenticated', 'This needs a token, even with public read.');
}
