import { limits } from '../../../contract/limits.ts';
import type { ChangeImportService } from '../../features/changes/change-import-service.ts';
import { type Change, changeStates } from '../../features/changes/change-types.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import { parameterError } from './answers.ts';
import type { MergeRequestLists } from './merge-request-lists.ts';
import { unlessBlank } from './parameter.ts';
import { boolean, choice, dateTime, integer, list, text, type Values } from './parameters.ts';
import { type GitLabRoute, route } from './route.ts';

const longestName = 1024;
const name = () => text({ maxLength: longestName });
const words = () => list(text({ required: true, maxLength: longestName }));

/** What GitLab's API finds out by itself, and a tool without a forge must tell. */
const beyond = {
  state: unlessBlank(choice(changeStates)),
  sha: unlessBlank(name()),
  merge_commit_sha: unlessBlank(name()),
  squash_commit_sha: unlessBlank(name()),
  merged_at: unlessBlank(dateTime()),
  closed_at: unlessBlank(dateTime()),
  created_at: unlessBlank(dateTime()),
  updated_at: unlessBlank(dateTime()),
  author_username: unlessBlank(name()),
  merged_by_username: unlessBlank(name()),
  web_url: unlessBlank(text({ maxLength: limits.runUrl })),
  draft: unlessBlank(boolean()),
} as const;

/** To tell of merge requests: GitLab's fields to create and update one, and beyond them what it knows by itself. */
export function mergeRequestImportRoutes(
  projects: ProjectService,
  imports: ChangeImportService,
  lists: MergeRequestLists,
): GitLabRoute[] {
  return [
    route({
      method: 'POST',
      url: '/projects/:id/merge_requests',
      access: 'record',
      limited: true,
      parameters: {
        source_branch: text({ required: true, blank: false, maxLength: longestName }),
        target_branch: text({ required: true, blank: false, maxLength: longestName }),
        title: text({ required: true, blank: false, maxLength: longestName }),
        description: text({ nullable: true }),
        labels: words(),
        iid: integer({ min: 1, whole: true }),
        ...beyond,
      },
      handler: async ({ principal, path, values, baseUrl }) => {
        const { source_branch: sourceBranch, target_branch: targetBranch, title, iid } = values;
        const facts = { ...factsOf(values), sourceBranch, targetBranch, title, number: iid };
        const brought = await projects.with(principal, path['id'] ?? '', (project) =>
          imports.bring(principal, project, { isDraft: isDraft(title), ...facts }),
        );
        return lists.whole(brought, baseUrl);
      },
    }),
    route({
      method: 'PUT',
      url: '/projects/:id/merge_requests/:merge_request_iid',
      access: 'record',
      limited: true,
      parameters: { merge_request_iid: integer({ required: true }), ...updates },
      handler: async ({ principal, path, values, baseUrl }) => {
        const { merge_request_iid: number, ...asked } = values;
        if (Object.values(asked).every((value) => value === undefined)) throw parameterError(nothingAsked);
        const project = await projects.resolve(principal, path['id'] ?? '');
        const change = await imports.change(principal, project, number, (known) => updateOf(asked, known));
        return lists.whole(change, baseUrl);
      },
    }),
  ];
}

const updates = {
  title: text({ blank: false, maxLength: longestName }),
  description: text({ nullable: true }),
  source_branch: name(),
  target_branch: name(),
  state_event: choice(['close', 'reopen']),
  labels: words(),
  add_labels: words(),
  remove_labels: words(),
  ...beyond,
} as const;

const nothingAsked = `${Object.keys(updates).join(', ')} are missing, at least one parameter must be provided`;

function updateOf(asked: Values<typeof updates>, known: Change) {
  const { title, source_branch: sourceBranch, target_branch: targetBranch, add_labels, remove_labels } = asked;
  const event = asked.state_event;
  const labels = [...(asked.labels ?? known.labels), ...(add_labels ?? [])].filter(
    (label) => !remove_labels?.includes(label),
  );
  const facts = factsOf(asked);
  return {
    ...facts,
    title,
    sourceBranch,
    targetBranch,
    labels: labelsOf(labels),
    isDraft: facts.isDraft ?? (title === undefined ? undefined : isDraft(title)),
    ...(event === 'close' ? { state: 'closed' as const } : {}),
    ...(event === 'reopen' ? { state: 'opened' as const, closedAt: null } : {}),
  };
}

type Told = Values<typeof beyond> & {
  readonly description?: string | null | undefined;
  readonly labels?: readonly string[] | undefined;
};

/** Only what is told: a spread of it leaves alone what is not. */
function factsOf({ description, labels, author_username: author, ...told }: Told) {
  return {
    description,
    labels: labels && labelsOf(labels),
    state: told.state,
    headSha: told.sha,
    mergeCommitSha: told.merge_commit_sha,
    squashCommitSha: told.squash_commit_sha,
    mergedAt: told.merged_at,
    closedAt: told.closed_at,
    createdAt: told.created_at,
    updatedAt: told.updated_at,
    author: author === undefined ? undefined : { username: author, name: null },
    mergedBy: told.merged_by_username,
    webUrl: told.web_url,
    ...(told.draft === undefined ? {} : { isDraft: told.draft }),
  };
}

/** Each once: `a,b,,a` names two. */
function labelsOf(given: readonly string[]): readonly string[] {
  return [...new Set(given.map((label) => label.trim()).filter((label) => label !== ''))];
}

/** GitLab takes a merge request for a draft by its title. */
function isDraft(title: string): boolean {
  return /^\s*(?:\[draft\]|\(draft\)|draft:)/i.test(title);
}
