import { Type } from 'typebox';
import { ApprovalState, DecisionRequest, Inbox, InboxQuery } from '../../../contract/approvals.ts';
import { limits } from '../../../contract/limits.ts';
import type { ApprovalService } from '../../features/approvals/approval-service.ts';
import type { InboxService } from '../../features/approvals/inbox-service.ts';
import type { EffectService } from '../../features/changes/effect-service.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import type { Principal } from '../../principal.ts';
import { approvalStateView, inboxItemView } from './approval-view.ts';
import { problems } from './native-api.ts';

const DeploymentParams = Type.Object({ deployment: Type.String({ format: 'digits' }) });

export function registerApprovalRoutes(
  app: TypedApp,
  approvals: ApprovalService,
  inbox: InboxService,
  effects: EffectService,
): void {
  const stateOf = async (principal: Principal, id: number) => {
    const deployment = await approvals.find(principal, id);
    const summary = await approvals.summary(deployment);
    return approvalStateView(deployment, summary, await inbox.choices(principal, deployment, summary));
  };

  app.get('/api/approvals', {
    config: { access: 'read' },
    schema: {
      summary: 'Deployments that wait for your decision, latest first',
      tags: ['approvals'],
      querystring: InboxQuery,
      response: { 200: Inbox, ...problems },
    },
    handler: async ({ query, principal }) => {
      const limit = Number(query.limit ?? limits.defaultPage);
      const after = query.cursor === undefined ? undefined : Number(query.cursor);
      const { items, next } = await inbox.page(principal, limit, after);
      const would = await effects.of(items.map(({ deployment }) => deployment.state.id));
      return {
        items: items.map((item) => inboxItemView(item, would.get(item.deployment.state.id))),
        next_cursor: next === undefined ? null : String(next),
      };
    },
  });

  app.get('/api/approvals/:deployment', {
    config: { access: 'read' },
    schema: {
      summary: 'What was decided about one deployment, and what is needed',
      tags: ['approvals'],
      params: DeploymentParams,
      response: { 200: ApprovalState, ...problems },
    },
    handler: async ({ params, principal }) => stateOf(principal, Number(params.deployment)),
  });

  app.post('/api/approvals/:deployment', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Approve or reject a deployment that waits',
      tags: ['approvals'],
      params: DeploymentParams,
      body: DecisionRequest,
      response: { 200: ApprovalState, ...problems },
    },
    handler: async ({ params, body, principal }) => {
      const id = Number(params.deployment);
      const deployment = await approvals.find(principal, id);
      await approvals.decide(principal, deployment, {
        status: body.decision === 'approve' ? 'approved' : 'rejected',
        comment: body.comment ?? null,
        representedAs: body.represented_as,
      });
      return stateOf(principal, id);
    },
  });
}
