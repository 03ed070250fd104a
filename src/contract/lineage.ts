import { type Static, Type } from 'typebox';
import { projectReference, tier } from './fields.ts';
import { nativeStatuses } from './statuses.ts';

const textOrNull = Type.Union([Type.String(), Type.Null()]);

/** How far a lineage is followed from where it begins, how many deployments it shows at most, and how many keys it looks for in other projects. */
export const lineageLimits = { steps: 6, nodes: 200, promotions: 50, keys: 400 } as const;

/** A deployment as it is now, where others are listed, too. */
export const LineageNode = Type.Object(
  {
    deployment: Type.Integer({ description: 'Its number, as `deployment_number` of events.' }),
    deployment_id: Type.String({ description: 'The emitter’s key, which others name as their parent.' }),
    project: Type.String({ description: 'Its path.' }),
    environment: Type.String(),
    tier,
    status: Type.Unsafe<string>({ type: 'string', enum: nativeStatuses }),
    version: textOrNull,
    sha: textOrNull,
    at: Type.String({ format: 'date-time', description: 'When it reached its status.' }),
    live: Type.Boolean({ description: 'Whether it is what runs there now.' }),
  },
  { $id: 'LineageNode' },
);
export type LineageNode = Static<typeof LineageNode>;

const graph = {
  nodes: Type.Array(LineageNode, { description: 'The latest number first.' }),
  edges: Type.Array(
    Type.Object({
      from: Type.Integer({ description: 'The number of a parent.' }),
      to: Type.Integer({ description: 'The number of what was promoted from it.' }),
    }),
    { description: 'Between nodes of this answer. Emitters may tell of circles.' },
  ),
  unknown: Type.Array(Type.Object({ deployment: Type.Integer(), parent: Type.String() }), {
    description:
      'Parents that a deployment names, and that no deployment which the caller may see is called; or those of several other projects, and none of its own.',
  }),
  more: Type.Boolean({
    description: `true: it may go on beyond ${lineageLimits.steps} steps, ${lineageLimits.nodes} deployments or ${lineageLimits.keys} keys.`,
  }),
};

/** What one deployment was promoted from, and what was promoted from it, as far as the caller may see. */
export const DeploymentLineage = Type.Object({ deployment: Type.Integer(), ...graph }, { $id: 'DeploymentLineage' });
export type DeploymentLineage = Static<typeof DeploymentLineage>;

/** The latest promotions of a project, with all that they came from and led to. */
export const ProjectLineage = Type.Object(
  {
    project: Type.String(),
    ...graph,
    next_cursor: Type.Union([Type.String(), Type.Null()], { description: 'null: there are no earlier promotions.' }),
  },
  { $id: 'ProjectLineage' },
);
export type ProjectLineage = Static<typeof ProjectLineage>;

export const ProjectLineageQuery = Type.Object(
  {
    project: projectReference,
    cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$', description: 'next_cursor of the page before.' })),
  },
  { additionalProperties: false, $id: 'ProjectLineageQuery' },
);
export type ProjectLineageQuery = Static<typeof ProjectLineageQuery>;
