import type { Project } from '../../features/projects/project-types.ts';
import type { Addresses } from './mounts.ts';
import { nodeIdOf } from './node-id.ts';
import { ownerOf, repositoryUrl } from './repository.ts';
import { timeText } from './time-text.ts';
import { ownerView } from './user-view.ts';

/** What is shown of a project as a repository. */
export type ShownRepository = Pick<
  Project,
  'id' | 'namespace' | 'name' | 'description' | 'visibility' | 'defaultBranch' | 'createdAt' | 'updatedAt'
>;

export interface RepositorySurroundings extends Addresses {
  /** The id of the group it lies in; 0 where there is none. */
  readonly ownerId?: number;
}

/**
 * GitHub's repository, whole, as webhooks need it too. No repository is known here: what would be read from one is empty,
 * and most links lead nowhere.
 */
export function repositoryView(project: ShownRepository, { webUrl, apiUrl, ownerId = 0 }: RepositorySurroundings) {
  const { id, name, visibility } = project;
  const owner = ownerOf(project);
  const fullName = `${owner}/${name}`;
  const page = `${webUrl}/${fullName.split('/').map(encodeURIComponent).join('/')}`;
  const url = repositoryUrl(project, apiUrl);
  return {
    id,
    node_id: nodeIdOf('Repository', id),
    name,
    full_name: fullName,
    private: visibility !== 'public',
    owner: ownerView({ id: ownerId, path: owner }, webUrl, apiUrl),
    html_url: page,
    description: project.description,
    fork: false,
    url,
    ...linksOf(url),
    git_url: `${page.replace(/^https?:/, 'git:')}.git`,
    ssh_url: `git@${new URL(webUrl).hostname}:${fullName}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    created_at: timeText(project.createdAt),
    updated_at: timeText(project.updatedAt),
    pushed_at: timeText(project.updatedAt),
    default_branch: project.defaultBranch ?? 'main',
    visibility,
    ...nothing,
  };
}

/** What each repository's description links to, as GitHub's templates of addresses. */
const linkEnds = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
} as const;

type Links = Record<keyof typeof linkEnds, string>;

function linksOf(url: string): Links {
  return Object.fromEntries(Object.entries(linkEnds).map(([name, end]) => [name, url + end])) as Links; // of its own keys
}

/** What only a repository of code has. */
const nothing = {
  size: 0,
  stargazers_count: 0,
  watchers_count: 0,
  language: null,
  has_issues: false,
  has_projects: false,
  has_downloads: false,
  has_wiki: false,
  has_pages: false,
  has_discussions: false,
  forks_count: 0,
  archived: false,
  disabled: false,
  open_issues_count: 0,
  license: null,
  allow_forking: false,
  is_template: false,
  web_commit_signoff_required: false,
  topics: [] as string[],
  forks: 0,
  open_issues: 0,
  watchers: 0,
} as const;
