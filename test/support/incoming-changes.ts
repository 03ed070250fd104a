/** GitHub's `pull_request` event, with the parts of it that matter here as its documentation shows them. */
export function githubPullRequest(number: number, told: Readonly<Record<string, unknown>> = {}, action = 'opened') {
  return {
    action,
    number,
    pull_request: githubPull(number, told),
    repository: { id: 7, name: 'checkout', full_name: 'shop/checkout' },
    sender: { login: 'octocat', id: 1, type: 'User' },
  };
}

/** A pull request as that event and GitHub's API show it. */
export function githubPull(number: number, told: Readonly<Record<string, unknown>> = {}) {
  return {
    url: `https://api.github.example/repos/shop/checkout/pulls/${number}`,
    id: 34_778_301 + number,
    html_url: `https://github.example/shop/checkout/pull/${number}`,
    number,
    state: 'open',
    locked: false,
    title: 'Update the README with new information.',
    user: { login: 'octocat', id: 1, type: 'User', site_admin: false },
    body: 'This is a pretty simple change that we need to pull into main.',
    labels: [{ id: 208_045_946, name: 'bug', color: 'f29513', default: true }],
    created_at: '2026-05-15T15:20:33Z',
    updated_at: '2026-05-15T15:20:33Z',
    closed_at: null,
    merged_at: null,
    merge_commit_sha: 'e'.repeat(40),
    head: { label: 'octocat:changes', ref: 'changes', sha: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821' },
    base: { label: 'shop:main', ref: 'main', sha: 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e' },
    draft: false,
    ...told,
  };
}

/** What GitHub tells of one that was merged. */
export const githubMerged = {
  state: 'closed',
  merged: true,
  merged_at: '2026-05-16T10:00:00Z',
  closed_at: '2026-05-16T10:00:00Z',
  updated_at: '2026-05-16T10:00:00Z',
  merge_commit_sha: '7fd1a60b01f91b314f59955a4e4d4e80d8edf11d',
  merged_by: { login: 'hubot', id: 2 },
} as const;

/** GitLab's merge request hook, likewise. */
export function gitlabMergeRequestHook(
  number: number,
  told: Readonly<Record<string, unknown>> = {},
  user: Readonly<Record<string, unknown>> = { id: 51, name: 'Maya M', username: 'maya' },
) {
  return {
    object_kind: 'merge_request',
    event_type: 'merge_request',
    user: { avatar_url: null, email: '[REDACTED]', ...user },
    project: { id: 30, name: 'checkout', path_with_namespace: 'shop/checkout' },
    object_attributes: {
      id: 90 + number,
      iid: number,
      target_branch: 'main',
      source_branch: 'ms-viewport',
      author_id: 51,
      title: 'MS-Viewport',
      created_at: '2013-12-03T17:23:34Z',
      updated_at: '2013-12-03T17:23:34Z',
      state: 'opened',
      draft: false,
      work_in_progress: false,
      merge_commit_sha: null,
      description: '',
      last_commit: {
        id: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
        message: 'fixed readme',
        timestamp: '2012-01-03T23:36:29+02:00',
      },
      url: `https://gitlab.example/shop/checkout/-/merge_requests/${number}`,
      action: 'open',
      ...told,
    },
    labels: [{ id: 206, title: 'API', color: '#ffffff', type: 'ProjectLabel' }],
    repository: { name: 'checkout', url: 'git@gitlab.example:shop/checkout.git' },
  };
}
