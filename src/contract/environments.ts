import { type Static, Type } from 'typebox';
import { text } from './deployment-event.ts';
import { moment, projectReference, tier } from './fields.ts';
import { limits } from './limits.ts';
import type { tiers } from './tiers.ts';

const textOrNull = Type.Union([Type.String(), Type.Null()]);

export const environmentStates = ['available', 'stopped'] as const;
const state = Type.Unsafe<(typeof environmentStates)[number]>({
  type: 'string',
  enum: [...environmentStates],
  description: 'stopped: by somebody, or when it was due; available again with the next deployment that succeeds.',
});

export const ProjectEnvironment = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    tier,
    state,
    external_url: Type.Union([Type.String(), Type.Null()], { description: 'Where people find what runs there.' }),
    description: textOrNull,
    protected: Type.Boolean({
      description: 'Whether a rule of the project or of a group above says who deploys there.',
    }),
    auto_stop_at: Type.Union([moment, Type.Null()], { description: 'When it stops by itself; null: never.' }),
    created_at: moment,
    updated_at: moment,
  },
  { $id: 'ProjectEnvironment' },
);
export type ProjectEnvironment = Static<typeof ProjectEnvironment>;

export const EnvironmentListQuery = Type.Object(
  {
    project: projectReference,
    search: Type.Optional(
      Type.String({ maxLength: limits.search, format: 'text-or-empty', description: 'Part of the name.' }),
    ),
    state: Type.Optional(state),
    limit: Type.Optional(Type.String({ format: 'page-size' })),
    page: Type.Optional(Type.String({ format: 'digits', description: 'From 1.' })),
  },
  { additionalProperties: false, $id: 'EnvironmentListQuery' },
);
export type EnvironmentListQuery = Static<typeof EnvironmentListQuery>;

/** In the order in which they were made. */
export const EnvironmentPage = Type.Object(
  {
    items: Type.Array(ProjectEnvironment),
    total: Type.Integer(),
    next_page: Type.Union([Type.Integer(), Type.Null()], { description: 'null: this is the last one.' }),
  },
  { $id: 'EnvironmentPage' },
);
export type EnvironmentPage = Static<typeof EnvironmentPage>;

const details = {
  external_url: Type.Optional(
    Type.Union([Type.String({ maxLength: limits.runUrl, format: 'text-or-empty' }), Type.Null()], {
      description: 'A link, or a host without a scheme; null or empty: none.',
    }),
  ),
  description: Type.Optional(
    Type.Union([Type.String({ maxLength: 10_000, format: 'text-or-empty' }), Type.Null()], {
      description: 'null or empty: none.',
    }),
  ),
};

export const EnvironmentRequest = Type.Object(
  {
    name: text(limits.environment, 'As reports of deployments call it.'),
    tier: Type.Optional(Type.Unsafe<(typeof tiers)[number]>({ ...tier, description: 'Absent: guessed by the name.' })),
    ...details,
  },
  { additionalProperties: false, $id: 'EnvironmentRequest' },
);
export type EnvironmentRequest = Static<typeof EnvironmentRequest>;

/** What is not said stays as it is. */
export const EnvironmentUpdate = Type.Object(
  { tier: Type.Optional(tier), ...details },
  { additionalProperties: false, minProperties: 1, $id: 'EnvironmentUpdate' },
);
export type EnvironmentUpdate = Static<typeof EnvironmentUpdate>;
