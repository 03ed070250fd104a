import type { CommitStatusService } from '../../features/commit-statuses/commit-status-service.ts';
import { commitStates, type NewCommitStatus } from '../../features/commit-statuses/commit-status-types.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import { combinedStatusView, commitStatusView } from './commit-status-view.ts';
import { choice, fields, text } from './fields.ts';
import { pageOf, paginate } from './pagination.ts';
import { repositoryOf } from './repository.ts';
import type { GitHubCall, GitHubRoute } from './route.ts';
import { longestDescription, webLink } from './status-routes.ts';

const repository = '/repos/:owner/:repo';
/** The slashes of a ref are sent as `%2F`. */
const ofCommit = `${repository}/commits/:ref`;

/** Commit statuses, and check runs as far as there are any: GitHub's sections "Commit statuses" and "Check runs". */
export function commitStatusRoutes(projects: ProjectService, commitStatuses: CommitStatusService): GitHubRoute[] {
  const list = async (call: GitHubCall) => {
    const project = await repositoryOf(projects, call);
    const page = pageOf(call);
    const { items, hasNext } = await commitStatuses.list(project, call.params['ref'] ?? '', page);
    return paginate(call, page, { items: items.map((each) => commitStatusView(each, project, call)), hasNext });
  };
  return [
    {
      method: 'POST',
      url: `${repository}/statuses/:sha`,
      access: 'record',
      limited: true,
      handler: async (call) => {
        const project = await repositoryOf(projects, call);
        const told = readCommitStatus(call);
        const made = await commitStatuses.create(call.principal, project, call.params['sha'] ?? '', told);
        const shown = commitStatusView(made, project, call);
        call.reply.header('location', shown.url);
        return shown;
      },
    },

    // An older address of the list.
    { method: 'GET', url: `${repository}/statuses/:ref`, access: 'read', handler: list },
    { method: 'GET', url: `${ofCommit}/statuses`, access: 'read', handler: list },

    {
      method: 'GET',
      url: `${ofCommit}/status`,
      access: 'read',
      handler: async (call) => {
        const project = await repositoryOf(projects, call);
        const page = pageOf(call);
        const combined = await commitStatuses.combined(project, call.params['ref'] ?? '');
        const shown = combined.statuses.slice(page.offset, page.offset + page.limit);
        paginate(call, page, { items: shown, total: combined.statuses.length });
        return combinedStatusView(combined, shown, project, call);
      },
    },

    {
      method: 'GET',
      url: `${ofCommit}/check-runs`,
      access: 'read',
      handler: async (call) => {
        await repositoryOf(projects, call);
        return { total_count: 0, check_runs: [] };
      },
    },
  ];
}

const declared = {
  state: choice(commitStates, { required: true }),
  target_url: webLink,
  description: text({ maxLength: longestDescription }),
  context: text({ maxLength: 255, fallback: 'default' }),
} as const;

function readCommitStatus({ body }: GitHubCall): NewCommitStatus {
  const read = fields(body, 'Status', declared);
  return {
    state: read.state,
    context: read.context.trim() === '' ? 'default' : read.context,
    targetUrl: read.target_url || null,
    description: read.description ?? null,
  };
}
