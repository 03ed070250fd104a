import { type Static, Type } from 'typebox';
import { text } from './deployment-event.ts';
import { moment } from './fields.ts';

const momentOrNull = (description: string) => Type.Union([moment, Type.Null()], { description });
const line = (description: string) => text(255, `${description} Five fields of cron: \`0 18 * * 5\`.`);
const zone = text(64, 'Of the IANA database: `Europe/Berlin`. Absent: UTC.');

export const FreezePeriodRequest = Type.Object(
  {
    freeze_start: line('When it begins.'),
    freeze_end: line('When it ends.'),
    cron_timezone: Type.Optional(zone),
  },
  { additionalProperties: false, $id: 'FreezePeriodRequest' },
);
export type FreezePeriodRequest = Static<typeof FreezePeriodRequest>;

/** What is not said stays as it is. */
export const FreezePeriodUpdate = Type.Object(
  {
    freeze_start: Type.Optional(line('When it begins.')),
    freeze_end: Type.Optional(line('When it ends.')),
    cron_timezone: Type.Optional(zone),
  },
  { additionalProperties: false, $id: 'FreezePeriodUpdate' },
);
export type FreezePeriodUpdate = Static<typeof FreezePeriodUpdate>;

export const FreezePreviewQuery = Type.Object(FreezePeriodRequest.properties, {
  additionalProperties: false,
  $id: 'FreezePreviewQuery',
});
export type FreezePreviewQuery = Static<typeof FreezePreviewQuery>;

/** One time that a project is frozen. */
export const FreezeWindow = Type.Object({ start: moment, end: moment }, { $id: 'FreezeWindow' });
export type FreezeWindow = Static<typeof FreezeWindow>;

export const FreezePreview = Type.Object(
  {
    windows: Type.Array(FreezeWindow, { description: 'The next three; the first may have begun already.' }),
    zone: Type.String({ description: 'The zone that was meant, as the IANA database calls it.' }),
  },
  { $id: 'FreezePreview' },
);
export type FreezePreview = Static<typeof FreezePreview>;

export const FreezePeriod = Type.Object(
  {
    id: Type.Integer(),
    freeze_start: Type.String(),
    freeze_end: Type.String(),
    cron_timezone: Type.String(),
    zone: Type.String({ description: 'The time zone, as the IANA database calls it.' }),
    active: Type.Boolean({ description: 'Whether it holds now.' }),
    start: momentOrNull('When it began, where it holds now, or else begins next; null: never.'),
    end: momentOrNull('The end of that.'),
    created_at: moment,
    updated_at: moment,
  },
  { $id: 'FreezePeriod' },
);
export type FreezePeriod = Static<typeof FreezePeriod>;

export const FrozenProjects = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        project: Type.String({ description: 'Its path.' }),
        until: Type.String({
          format: 'date-time',
          description: 'The end of all periods that overlap or follow at once.',
        }),
      }),
      { description: 'By namespace, then by name.' },
    ),
  },
  { $id: 'FrozenProjects' },
);
export type FrozenProjects = Static<typeof FrozenProjects>;

export const FreezePeriodList = Type.Object(
  {
    items: Type.Array(FreezePeriod, { description: 'Oldest first.' }),
    frozen: Type.Union(
      [
        Type.Object({
          by: Type.Integer({ description: 'The id of a period that holds now.' }),
          until: Type.String({ format: 'date-time', description: 'The end of all that overlap or follow at once.' }),
        }),
        Type.Null(),
      ],
      { description: 'null: the project is not frozen.' },
    ),
    may_change: Type.Boolean({ description: 'Whether the caller may create, change and delete them.' }),
  },
  { $id: 'FreezePeriodList' },
);
export type FreezePeriodList = Static<typeof FreezePeriodList>;
