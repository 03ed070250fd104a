import { type Static, Type } from 'typebox';
import { text } from './deployment-event.ts';
import { moment, projectReference } from './fields.ts';
import { limits } from './limits.ts';
import { type Visibility, visibilities } from './visibilities.ts';

const textOrNull = Type.Union([Type.String(), Type.Null()]);
const visibility = Type.Unsafe<Visibility>({ type: 'string', enum: [...visibilities] });

/** Names one project. */
export const ProjectQuery = Type.Object(
  { project: projectReference },
  { additionalProperties: false, $id: 'ProjectQuery' },
);
export type ProjectQuery = Static<typeof ProjectQuery>;

export const ProjectDetails = Type.Object(
  {
    id: Type.Integer(),
    path: Type.String({
      description:
        '`namespace/service`, or `service` where there is no namespace; a slash within the service is written `~1`. It means this project and no other.',
    }),
    namespace: Type.String({ description: 'Empty where it lies in none.' }),
    service: Type.String({ description: 'The last part of its path.' }),
    groups: Type.Array(Type.Object({ path: Type.String(), name: Type.String() }), {
      description: 'Those that it lies in and the caller may know of, from the top.',
    }),
    title: Type.Union([Type.String(), Type.Null()], { description: 'What people call it; null: by its name.' }),
    description: textOrNull,
    visibility,
    default_branch: textOrNull,
    allow_self_approval: Type.Boolean({ description: 'Whether who started a deployment may approve it.' }),
    access_level: Type.Integer({ description: 'The caller’s: from 10, a guest’s, to 60, an administrator’s.' }),
    created_at: moment,
    updated_at: moment,
    last_activity_at: Type.String({ format: 'date-time', description: 'When something was last deployed.' }),
  },
  { $id: 'ProjectDetails' },
);
export type ProjectDetails = Static<typeof ProjectDetails>;

/** What is not said stays as it is. */
export const ProjectUpdate = Type.Object(
  {
    service: Type.Optional(text(limits.service, 'The last part of its path. It is still found by the old one.')),
    title: Type.Optional(text(255, 'What people call it.')),
    description: Type.Optional(
      Type.Union([Type.String({ maxLength: limits.description, format: 'text-or-empty' }), Type.Null()]),
    ),
    visibility: Type.Optional(visibility),
    default_branch: Type.Optional(Type.Union([text(255, 'null: none.'), Type.Null()])),
    allow_self_approval: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false, minProperties: 1, $id: 'ProjectUpdate' },
);
export type ProjectUpdate = Static<typeof ProjectUpdate>;

export const ProjectListQuery = Type.Object(
  {
    search: Type.Optional(
      Type.String({ maxLength: limits.search, format: 'text-or-empty', description: 'Part of a path or title.' }),
    ),
    group: Type.Optional(text(limits.namespace, 'The path of a group: only those in it, at any depth.')),
    limit: Type.Optional(Type.String({ format: 'page-size' })),
    page: Type.Optional(Type.String({ format: 'digits', description: 'From 1.' })),
  },
  { additionalProperties: false, $id: 'ProjectListQuery' },
);
export type ProjectListQuery = Static<typeof ProjectListQuery>;

/** Projects by their paths. */
export const ProjectPage = Type.Object(
  {
    items: Type.Array(ProjectDetails),
    total: Type.Integer(),
    next_page: Type.Union([Type.Integer(), Type.Null()], { description: 'null: this is the last one.' }),
  },
  { $id: 'ProjectPage' },
);
export type ProjectPage = Static<typeof ProjectPage>;
