import type { HookShapeName, HookTopic } from '../../../contract/hooks.ts';

interface Words {
  readonly label: string;
  readonly hint: string;
}

export const shapeWords: Readonly<Record<HookShapeName, Words>> = {
  github: {
    label: 'GitHub',
    hint: 'deployment, deployment_status and deployment_review events, signed with X-Hub-Signature-256.',
  },
  gitlab: { label: 'GitLab', hint: 'Deployment Hook events, with the secret in X-Gitlab-Token.' },
  standard: {
    label: 'Standard Webhooks',
    hint: 'Shiplog’s own events, signed as standardwebhooks.com says.',
  },
};
export const shapes: readonly HookShapeName[] = ['github', 'gitlab', 'standard'];

export const topicWords: Readonly<Record<HookTopic, Words>> = {
  deployment: { label: 'Deployments', hint: 'One begins, changes its status, or ends.' },
  approval: { label: 'Approvals', hint: 'Somebody approves or rejects a deployment that waits.' },
  unapproved: { label: 'Missing approvals', hint: 'A deployment went without the approvals needed there.' },
};
export const topics: readonly HookTopic[] = ['deployment', 'approval', 'unapproved'];
