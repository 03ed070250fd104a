import { Type } from 'typebox';
import { DeploymentDetails, EarlierEvents, EarlierEventsQuery } from '../../../contract/deployment-details.ts';
import { DeploymentLineage, ProjectLineage, ProjectLineageQuery } from '../../../contract/lineage.ts';
import { notFound } from '../../errors.ts';
import type { DeploymentLifeService } from '../../features/deployments/deployment-life-service.ts';
import type { LineageService } from '../../features/lineage/lineage-service.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { deploymentDetailsView, earlierEventsView } from './deployment-details-view.ts';
import { deploymentLineageView, projectLineageView } from './lineage-view.ts';
import { problems } from './native-api.ts';

const NumberParams = Type.Object({
  number: Type.String({ description: 'The number of a deployment, `deployment_number` of its events.' }),
});

/** One deployment by its number, and what was promoted from what. */
export function registerLineageRoutes(app: TypedApp, lives: DeploymentLifeService, lineages: LineageService): void {
  app.get('/api/deployments/by-number/:number', {
    config: { access: 'read' },
    schema: {
      summary: 'One deployment: as it is now, what was told of it, and what came before and after it',
      tags: ['deployments'],
      params: NumberParams,
      response: { 200: DeploymentDetails, ...problems },
    },
    handler: async ({ params, principal }) => deploymentDetailsView(await lives.of(principal, numberOf(params.number))),
  });

  app.get('/api/deployments/by-number/:number/events', {
    config: { access: 'read' },
    schema: {
      summary: 'What was told of a deployment before the events that it comes with',
      tags: ['deployments'],
      params: NumberParams,
      querystring: EarlierEventsQuery,
      response: { 200: EarlierEvents, ...problems },
    },
    handler: async ({ params, query, principal }) =>
      earlierEventsView(await lives.earlier(principal, numberOf(params.number), Number(query.cursor))),
  });

  app.get('/api/deployments/by-number/:number/lineage', {
    config: { access: 'read' },
    schema: {
      summary: 'What a deployment was promoted from, and what was promoted from it',
      description:
        '`parent_deployments` are looked up when this is asked: in the child’s own project, and where nothing there is called so, in the one other project that has such a key; where several have, the parent is unknown. Of several deployments that are called so it means those that were told of before the child.',
      tags: ['deployments'],
      params: NumberParams,
      response: { 200: DeploymentLineage, ...problems },
    },
    handler: async ({ params, principal }) => {
      const number = numberOf(params.number);
      return deploymentLineageView(number, await lineages.ofDeployment(principal, number));
    },
  });

  app.get('/api/lineage', {
    config: { access: 'read' },
    schema: {
      summary: 'The latest promotions of a project, with all that they came from and led to',
      description: 'Parents are looked up as for the lineage of one deployment.',
      tags: ['deployments'],
      querystring: ProjectLineageQuery,
      response: { 200: ProjectLineage, ...problems },
    },
    handler: async ({ query, principal }) => {
      const before = query.cursor === undefined ? undefined : Number(query.cursor);
      return projectLineageView(await lineages.ofProject(principal, query.project, before));
    },
  });
}

function numberOf(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw notFound('deployment');
  return Number(text);
}
