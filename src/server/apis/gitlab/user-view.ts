/** What every view of a user shows; see the users feature. */
export interface ShownUser {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly state: string;
}

export interface WholeUser extends ShownUser {
  readonly email: string | null;
  readonly bot: boolean;
  readonly isAdmin: boolean;
  readonly createdAt: number;
  readonly signedInAt: number | null;
}

/** GitLab's UserBasic: how other resources name a user. */
export function userBasicView({ id, username, name, state }: ShownUser, baseUrl: string) {
  return {
    id,
    username,
    public_email: null,
    name,
    state,
    locked: false,
    avatar_url: null,
    web_url: `${baseUrl}/${encodeURIComponent(username)}`,
  };
}

/** A user as itself and administrators see it. */
export function userView(user: WholeUser, baseUrl: string) {
  return {
    ...userBasicView(user, baseUrl),
    created_at: new Date(user.createdAt).toISOString(),
    bio: '',
    location: '',
    linkedin: '',
    twitter: '',
    website_url: '',
    organization: '',
    job_title: '',
    bot: user.bot,
    last_sign_in_at: user.signedInAt === null ? null : new Date(user.signedInAt).toISOString(),
    confirmed_at: new Date(user.createdAt).toISOString(),
    email: user.email,
    commit_email: user.email,
    identities: [],
    can_create_group: true,
    can_create_project: true,
    two_factor_enabled: false,
    external: false,
    private_profile: false,
    is_admin: user.isAdmin,
  };
}
