import { Type } from 'typebox';
import {
  FreezePeriod,
  FreezePeriodList,
  FreezePeriodRequest,
  FreezePeriodUpdate,
  FreezePreview,
  FreezePreviewQuery,
  FrozenProjects,
} from '../../../contract/freeze-periods.ts';
import { ProjectQuery } from '../../../contract/projects.ts';
import type { FreezePeriodService } from '../../features/freeze-periods/freeze-period-service.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import { sendEmpty } from '../../http/empty-answer.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import {
  freezePeriodListView,
  freezePeriodView,
  freezeWindowView,
  frozenProjectsView,
  zoneOf,
} from './freeze-period-view.ts';
import { problems } from './native-api.ts';

const tags = ['freeze periods'];
const PeriodParams = Type.Object({ id: Type.String({ format: 'digits' }) });
const previewed = 3;

/** When a project must not be deployed. */
export function registerFreezePeriodRoutes(
  app: TypedApp,
  projects: ProjectService,
  periods: FreezePeriodService,
): void {
  app.get('/api/freeze-periods', {
    config: { access: 'read' },
    schema: {
      summary: 'The freeze periods of a project, and whether it is frozen now',
      tags,
      querystring: ProjectQuery,
      response: { 200: FreezePeriodList, ...problems },
    },
    handler: async ({ query, principal }) =>
      freezePeriodListView(await periods.outlook(principal, await projects.resolve(principal, query.project))),
  });

  app.get('/api/freeze-periods/frozen', {
    config: { access: 'read' },
    schema: {
      summary: 'Projects that are frozen now, and until when',
      description: 'Of those that you may see.',
      tags,
      response: { 200: FrozenProjects, ...problems },
    },
    handler: async ({ principal }) => frozenProjectsView(await periods.frozenProjects(principal)),
  });

  app.get('/api/freeze-periods/preview', {
    config: { access: 'read' },
    schema: {
      summary: 'When a freeze period with these cron lines would hold',
      tags,
      querystring: FreezePreviewQuery,
      response: { 200: FreezePreview, ...problems },
    },
    handler: async ({ query }) => {
      const { freeze_start: freezeStart, freeze_end: freezeEnd, cron_timezone: timezone } = query;
      const windows = periods.preview({ freezeStart, freezeEnd, timezone }, previewed);
      return { windows: windows.map(freezeWindowView), zone: zoneOf(timezone ?? 'UTC') };
    },
  });

  app.post('/api/freeze-periods', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Freeze a project at certain times',
      description: 'By maintainers. What would start then is refused.',
      tags,
      querystring: ProjectQuery,
      body: FreezePeriodRequest,
      response: { 201: FreezePeriod, ...problems },
    },
    handler: async ({ query, body, principal }, reply) => {
      const project = await projects.resolve(principal, query.project);
      const { freeze_start: freezeStart, freeze_end: freezeEnd, cron_timezone: timezone } = body;
      const made = await periods.create(principal, project, { freezeStart, freezeEnd, timezone });
      return reply.code(201).send(freezePeriodView(periods.whenHeld(made)));
    },
  });

  app.patch('/api/freeze-periods/:id', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Change a freeze period',
      description: 'By maintainers. What was approved and no longer frozen runs at once.',
      tags,
      params: PeriodParams,
      querystring: ProjectQuery,
      body: FreezePeriodUpdate,
      response: { 200: FreezePeriod, ...problems },
    },
    handler: async ({ params, query, body, principal }) => {
      const project = await projects.resolve(principal, query.project);
      const { freeze_start: freezeStart, freeze_end: freezeEnd, cron_timezone: timezone } = body;
      const change = { freezeStart, freezeEnd, timezone };
      return freezePeriodView(periods.whenHeld(await periods.update(principal, project, Number(params.id), change)));
    },
  });

  app.delete('/api/freeze-periods/:id', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Delete a freeze period',
      description: 'By maintainers. What was approved and no longer frozen runs at once.',
      tags,
      params: PeriodParams,
      querystring: ProjectQuery,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ params, query, principal }, reply) => {
      await periods.delete(principal, await projects.resolve(principal, query.project), Number(params.id));
      return sendEmpty(reply, 204);
    },
  });
}
