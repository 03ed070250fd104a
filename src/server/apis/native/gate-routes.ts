import { GateAnswer, GateQuery } from '../../../contract/gates.ts';
import type { GateQuestionService, GateAnswer as GivenAnswer } from '../../features/gates/gate-question-service.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import { entryName } from '../../features/protected-environments/protection-types.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { timeText } from './event-view.ts';
import { problems } from './native-api.ts';

/** Whether a deployment may begin. */
export function registerGateRoutes(app: TypedApp, projects: ProjectService, questions: GateQuestionService): void {
  app.get('/api/gate', {
    config: { access: 'read' },
    schema: {
      summary: 'Whether you may deploy now, and what a deployment would wait for',
      tags: ['gates'],
      querystring: GateQuery,
      response: { 200: GateAnswer, ...problems },
    },
    handler: async ({ query, principal }) => {
      const project = await projects.resolve(principal, query.project);
      return gateView(await questions.ask(principal, project, query.environment));
    },
  });
}

function gateView({ decision, mayDeploy, frozen, approvals, mayOverrideFreeze }: GivenAnswer): GateAnswer {
  return {
    decision,
    may_deploy: mayDeploy,
    frozen: frozen
      ? {
          until: timeText(frozen.until),
          freeze_start: frozen.start,
          freeze_end: frozen.end,
          cron_timezone: frozen.timezone,
          may_override: mayOverrideFreeze,
        }
      : null,
    approvals: {
      required: approvals.required,
      rules: approvals.rules.map((rule) => ({ name: entryName(rule) || null, required: rule.requiredApprovals })),
    },
    protected: approvals.isProtected,
  };
}
