import { createHmac } from 'node:crypto';
import { projectPath } from '../../../contract/project-path.ts';
import { statusTable } from '../../../contract/statuses.ts';
import type { Envelope, HookShape, Notice, Subject, SubjectUser } from '../../features/webhooks/webhook-types.ts';
import { timeText } from './event-view.ts';

const prefix = 'whsec_';
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** This server's own events, as Standard Webhooks sends and signs them: https://www.standardwebhooks.com, version 1.0.0. */
export const standardHookShape: HookShape = {
  message: (notice, subject) => {
    const type = typeOf(notice);
    return { trigger: type, body: bodyOf(type, notice.at, dataOf(notice, subject)) };
  },
  ping: ({ id, updatedAt }, { namespace, name }) => ({
    trigger: 'ping',
    body: bodyOf('ping', updatedAt, { hook: id, project: projectPath({ namespace, service: name }) }),
  }),
  request: (envelope) => ({ headers: headersOf(envelope), body: envelope.body }),
  secretFault: standardSecretFault,
  secretHeaders: [],
};

function standardSecretFault(secret: string): string | undefined {
  const bytes = secret.startsWith(prefix) && base64.test(secret.slice(prefix.length)) ? keyOf(secret).length : 0;
  return bytes >= 24 && bytes <= 64 ? undefined : 'must be whsec_ and the base64 of 24 to 64 bytes';
}

function headersOf({ deliveryUuid, at, body, secret }: Envelope): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const headers = { 'webhook-id': deliveryUuid, 'webhook-timestamp': timestamp };
  if (secret === undefined) return headers;
  const signature = createHmac('sha256', keyOf(secret)).update(`${deliveryUuid}.${timestamp}.${body}`).digest('base64');
  return { ...headers, 'webhook-signature': `v1,${signature}` };
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.slice(prefix.length), 'base64');
}

/** `deployment.in_progress`: names of types have no hyphens. */
function typeOf({ topic, status }: Notice): string {
  if (topic === 'unapproved') return 'deployment.unapproved';
  if (status === 'approved' || topic === 'approval') return `approval.${status}`;
  return `deployment.${statusTable[status].native.replaceAll('-', '_')}`;
}

function bodyOf(type: string, at: number, data: object): string {
  return JSON.stringify({ type, timestamp: timeText(at), data });
}

function dataOf(notice: Notice, { deployment, environment, project, event, user, actor }: Subject) {
  const { request, createdAt, id, iid, ref, sha, version, description, runUrl } = deployment;
  return {
    project: { id: project.id, path: projectPath({ namespace: project.namespace, service: project.name }) },
    environment: { name: environment.name, tier: environment.tier, url: environment.externalUrl },
    deployment: {
      number: id,
      project_number: iid,
      ref,
      sha,
      version,
      description,
      run_url: runUrl,
      task: request?.task ?? null,
      payload: request?.payload ?? null,
      created_at: timeText(createdAt),
      created_by: userView(user),
    },
    ...(notice.topic === 'approval'
      ? { approval: { decision: notice.status, comment: notice.comment ?? null, by: userView(actor) } }
      : { status: statusView(notice, event) }),
  };
}

function statusView({ position, status, word }: Notice, event: Subject['event']) {
  if (status === 'approved') return null;
  return {
    position,
    name: statusTable[status].native,
    word: word ?? null,
    description: event?.note?.description ?? null,
    log_url: event?.logUrl ?? null,
    environment_url: event?.note?.environmentUrl ?? null,
    by: userView(event?.user ?? null),
  };
}

function userView(user: SubjectUser | null) {
  return user && { username: user.username, name: user.name };
}
