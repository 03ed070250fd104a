import type { FreezePeriodService } from '../../features/freeze-periods/freeze-period-service.ts';
import type { ProjectService } from '../../features/projects/project-service.ts';
import { freezePeriodView } from './freeze-period-view.ts';
import { pageOf, pageParameters, paginate } from './pagination.ts';
import { integer, text } from './parameters.ts';
import { type GitLabRoute, route } from './route.ts';

const freeze_period_id = integer({ required: true });

/** When a project must not be deployed. */
export function freezePeriodRoutes(projects: ProjectService, periods: FreezePeriodService): GitLabRoute[] {
  const base = '/projects/:id/freeze_periods';
  const byId = `${base}/:freeze_period_id`;

  return [
    route({
      method: 'GET',
      url: base,
      access: 'read',
      parameters: pageParameters,
      handler: async (call) => {
        const all = await periods.list(await projects.resolve(call.principal, call.path['id'] ?? ''));
        const page = pageOf(call);
        const items = all.slice(page.offset, page.offset + page.limit).map(freezePeriodView);
        return paginate(call, page, { items, total: all.length });
      },
    }),

    route({
      method: 'GET',
      url: byId,
      access: 'read',
      parameters: { freeze_period_id },
      handler: async ({ principal, path, values }) => {
        const project = await projects.resolve(principal, path['id'] ?? '');
        return freezePeriodView(await periods.get(project, values.freeze_period_id));
      },
    }),

    route({
      method: 'POST',
      url: base,
      access: 'write',
      limited: true,
      parameters: {
        freeze_start: text({ required: true }),
        freeze_end: text({ required: true }),
        cron_timezone: text(),
      },
      handler: async ({ principal, path, values }) => {
        const project = await projects.resolve(principal, path['id'] ?? '');
        const { freeze_start: freezeStart, freeze_end: freezeEnd, cron_timezone: timezone } = values;
        return freezePeriodView(await periods.create(principal, project, { freezeStart, freezeEnd, timezone }));
      },
    }),

    route({
      method: 'PUT',
      url: byId,
      access: 'write',
      limited: true,
      parameters: { freeze_period_id, freeze_start: text(), freeze_end: text(), cron_timezone: text() },
      handler: async ({ principal, path, values }) => {
        const project = await projects.resolve(principal, path['id'] ?? '');
        const {
          freeze_period_id: id,
          freeze_start: freezeStart,
          freeze_end: freezeEnd,
          cron_timezone: timezone,
        } = values;
        return freezePeriodView(await periods.update(principal, project, id, { freezeStart, freezeEnd, timezone }));
      },
    }),

    route({
      method: 'DELETE',
      url: byId,
      access: 'write',
      limited: true,
      parameters: { freeze_period_id },
      handler: async ({ principal, path, values }) => {
        const project = await projects.resolve(principal, path['id'] ?? '');
        await periods.delete(principal, project, values.freeze_period_id);
      },
    }),
  ];
}
