import type { Message, Notice, Subject } from '../../features/webhooks/webhook-types.ts';
import { hookOrganization, hookRepository, hookSender } from './hook-surroundings.ts';
import type { Addresses } from './mounts.ts';
import { timeText } from './time-text.ts';

/**
 * GitHub's `deployment_review`: that a deployment waits for approvals, or what somebody decided. GitHub's reviews hang on
 * runs of its workflows; here the deployment itself stands for the job, and there is no run.
 */
export function reviewMessage(notice: Notice, subject: Subject, to: Addresses): Message {
  const { project, user, actor, environment } = subject;
  const around = {
    workflow_run: null,
    since: timeText(subject.deployment.createdAt),
    reviewers: [],
    repository: hookRepository(project, to),
    organization: hookOrganization(project, to),
  };
  const body =
    notice.topic === 'approval'
      ? {
          action: notice.status,
          ...around,
          workflow_job_runs: [jobOf(notice, subject, to)],
          approver: hookSender(actor, to),
          comment: notice.comment ?? '',
          sender: hookSender(actor, to),
        }
      : {
          action: 'requested',
          ...around,
          environment: environment.name,
          workflow_job_run: jobOf(notice, subject, to),
          requestor: hookSender(user, to),
          sender: hookSender(user, to),
        };
  return { trigger: 'deployment_review', body: JSON.stringify(body) };
}

function jobOf(notice: Notice, { deployment, environment, project }: Subject, { webUrl }: Addresses) {
  const page = [project.namespace, project.name].filter((part) => part !== '').join('/');
  return {
    id: deployment.id,
    name: deployment.request?.task ?? 'deploy',
    status: notice.status === 'rejected' ? 'completed' : 'waiting',
    conclusion: notice.status === 'rejected' ? 'failure' : null,
    html_url: `${webUrl}/${page.split('/').map(encodeURIComponent).join('/')}`,
    created_at: timeText(deployment.createdAt),
    updated_at: timeText(deployment.updatedAt),
    environment: environment.name,
  };
}
