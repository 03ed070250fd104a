import type { Generated } from 'kysely';

/** A git repository of which a mirror is kept. Projects that name the same remote with the same credentials share one. */
export interface RepositoryTable {
  id: Generated<number>;
  /** Without credentials. */
  url: string;
  /** Tells remote and credentials from any other, and tells nothing of them. */
  fingerprint: string;
  username: string | null;
  /** A password, token or private key, encrypted with the server's key. */
  sealed_secret: string | null;
  /** The branch that HEAD names there. */
  default_branch: string | null;
  commit_count: Generated<number>;
  /** Grows when commits, notes or tags are added. */
  index_version: Generated<number>;
  /** Commits below this number were compared with those of the same author, date and subject. */
  compared_until: Generated<number>;
  /** 1: the remote's own history has an end before its first commit. */
  shallow: Generated<number>;
  fetched_at: number | null;
  attempted_at: number | null;
  /** In a row. */
  failures: Generated<number>;
  /** Why the last attempt failed, for people; null: it did not. */
  error: string | null;
  next_fetch_at: number;
  /** While it lies ahead a node fetches, and no other node does. */
  busy_until: Generated<number>;
  created_at: number;
}

/** Where a project's commits are, and what is tracked there. */
export interface ProjectRepositoryTable {
  project_id: number;
  repository_id: number;
  /** Only commits that touch this folder are the project's; empty: all are. */
  path: string;
  /** 1: the first deployment of an environment ships all that it contains, as in GitLab. */
  links_first: Generated<number>;
  /** Which environments take part: `all`, or `gitlab` for those that GitLab would track. */
  tracked: Generated<string>;
  /** github or gitlab: changes are read from its API, too; null: they are not. */
  forge: string | null;
  /** Its API's base address, without a slash at its end. */
  forge_url: string | null;
  /** The project's path there. */
  forge_project: string | null;
  sealed_forge_token: string | null;
  /** Changes updated until then were read. */
  forge_synced_at: number | null;
  forge_error: string | null;
  /** Grows when something is known of the project's changes that was not. */
  changes_version: Generated<number>;
  created_at: number;
  updated_at: number;
}

/** Ever seen: what a force push took away stays. */
export interface CommitTable {
  repository_id: number;
  /** From 0, without gaps; greater than those of its parents. */
  n: number;
  sha: string;
  /** Their numbers, first parent first, separated by spaces; empty for a root. */
  parents: string;
  authored_at: number;
  committed_at: number;
  author: string;
  /** The first line of its message, cut. */
  subject: string;
}

/** What the message of a commit says of changes and other commits, or what comparing it with another showed. */
export interface CommitNoteTable {
  id: Generated<number>;
  repository_id: number;
  n: number;
  /** merge, squash, pick, copy or revert; see features/repositories/commit-notes.ts. */
  kind: string;
  /** Of the change that it names. */
  number: number | null;
  /** Of the commit that it names, maybe abbreviated. */
  sha: string | null;
  /** Of the change that it lands: the message has it, and only the message's first line is kept. */
  title: string | null;
}

/** Which commits touch a folder that a project is limited to. */
export interface PathCommitTable {
  repository_id: number;
  path: string;
  /** -1 is no commit: it says that the whole history was looked through for this folder. */
  n: number;
}

export interface RepositoryTagTable {
  repository_id: number;
  name: string;
  sha: string;
}

/** A merge or pull request. */
export interface ChangeTable {
  id: Generated<number>;
  project_id: number;
  number: number;
  title: string;
  description: string | null;
  /** opened, closed, locked or merged. */
  state: string;
  author_username: string | null;
  author_name: string | null;
  source_branch: string | null;
  target_branch: string | null;
  web_url: string | null;
  merge_commit_sha: string | null;
  squash_commit_sha: string | null;
  head_sha: string | null;
  draft: Generated<number>;
  /** JSON array. */
  labels: string;
  merged_by: string | null;
  merged_at: number | null;
  closed_at: number | null;
  created_at: number;
  updated_at: number;
  /** JSON: which of these facts somebody told, and when the tool last changed them: a commit's message fills in the others. */
  told: string;
}

/** The first successful deployment of an environment that contains a change. Made of log and commits, and made anew of them. */
export interface ChangeDeploymentTable {
  environment_id: number;
  change_id: number;
  project_id: number;
  deployment_id: number;
  /** When it succeeded. */
  deployed_at: number;
  /** How it is contained: merge, squash, head, pick or copy. */
  landed: string;
}

/** How far the links of an environment have come. */
export interface EnvironmentLinkTable {
  environment_id: number;
  project_id: number;
  /** 1: something happened that the links do not show yet; 2: the same, and a node is at it. */
  due: number;
  /** Until when a node holds it; by this value it knows that no other has taken it since. */
  busy_until: Generated<number>;
  linked_at: number | null;
  /** Successful deployments whose commit is not known. */
  unknown: Generated<number>;
  /** 1: more is known of commits or changes than when it was linked. */
  news: Generated<number>;
  /** When linking it last showed anything new. */
  changed_at: number | null;
}

/** One row: how far the log was looked through for deployments to link. */
export interface LinkCursorTable {
  id: number;
  position: number;
}
