import { createHmac } from 'node:crypto';
import { askedWord } from '../../features/deployments/request-types.ts';
import type {
  Envelope,
  HookShape,
  Message,
  Notice,
  ShapedRequest,
  Subject,
} from '../../features/webhooks/webhook-types.ts';
import { hookDeploymentView, hookStatusView, toldState } from './deployment-hook-view.ts';
import { hookRepository, hookSender } from './hook-surroundings.ts';
import { hookView } from './hook-view.ts';
import { type Addresses, mount } from './mounts.ts';
import { reviewMessage } from './review-hook-view.ts';

/**
 * GitHub's webhooks `deployment`, `deployment_status`, `deployment_review` and `ping`, as their receivers expect them. The
 * URL, where people reach this server, has no slash at its end.
 */
export function githubHookShape(baseUrl: () => string): HookShape {
  const addresses = () => ({ webUrl: baseUrl(), apiUrl: baseUrl() + mount });
  return {
    message: (notice, subject) => messageOf(notice, subject, addresses()),
    ping: (hook, project, user) => {
      const to = addresses();
      const body = {
        zen: 'Say what is deployed, and it is deployed as you say.',
        hook_id: hook.id,
        hook: hookView(hook, project, undefined, to.apiUrl),
        repository: hookRepository(project, to),
        sender: hookSender(user, to),
      };
      return { trigger: 'ping', body: JSON.stringify(body) };
    },
    request: requestOf,
    secretHeaders: [],
  };
}

/**
 * A deployment is told of only where somebody asked for it here, and once nothing holds it back: listeners deploy what they
 * are told of, and must not repeat what another tool reports.
 */
function messageOf(notice: Notice, subject: Subject, to: Addresses): Message | undefined {
  const isAsked = notice.topic === 'deployment' && notice.word === askedWord && subject.event?.dialect === 'github';
  if (notice.topic === 'approval' || (isAsked && notice.status === 'waiting'))
    return reviewMessage(notice, subject, to);
  const state = notice.topic === 'deployment' ? toldState(notice, subject) : undefined;
  if (state === undefined) return undefined;
  const deployment = hookDeploymentView(subject, to);
  const around = {
    repository: hookRepository(subject.project, to),
    sender: hookSender(subject.event?.user ?? subject.user, to),
  };
  if (isAsked)
    return told('deployment', { action: 'created', deployment, workflow: null, workflow_run: null, ...around });
  const status = hookStatusView(notice, state, subject, to);
  return told('deployment_status', { action: 'created', deployment_status: status, deployment, ...around });
}

function told(trigger: string, body: object): Message {
  return { trigger, body: JSON.stringify(body) };
}

function requestOf({ trigger, eventUuid, hookId, projectId, kept, secret, body: json }: Envelope): ShapedRequest {
  const isForm = kept['content_type'] === 'form';
  const body = isForm ? `${new URLSearchParams({ payload: json })}` : json;
  const sign = (hash: string, key: string) => createHmac(hash, key).update(body, 'utf8').digest('hex');
  return {
    body,
    headers: {
      Accept: '*/*',
      'Content-Type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
      'User-Agent': 'GitHub-Hookshot/shiplog',
      'X-GitHub-Event': trigger,
      'X-GitHub-Delivery': eventUuid,
      'X-GitHub-Hook-ID': String(hookId),
      'X-GitHub-Hook-Installation-Target-Type': 'repository',
      'X-GitHub-Hook-Installation-Target-ID': String(projectId),
      ...(secret === undefined
        ? {}
        : {
            'X-Hub-Signature': `sha1=${sign('sha1', secret)}`,
            'X-Hub-Signature-256': `sha256=${sign('sha256', secret)}`,
          }),
    },
  };
}
