import { type Static, Type } from 'typebox';
import { text } from './deployment-event.ts';
import { projectReference } from './fields.ts';

/** `prevented`: it would be refused. `awaiting`: it would wait for approvals. */
export const gateDecisions = ['allowed', 'prevented', 'awaiting'] as const;
export type GateDecision = (typeof gateDecisions)[number];

export const GateQuery = Type.Object(
  {
    project: projectReference,
    environment: text(255, 'Where it is to be deployed.'),
  },
  { additionalProperties: false, $id: 'GateQuery' },
);
export type GateQuery = Static<typeof GateQuery>;

/** Whether a deployment that the caller asks for now may begin, and what holds it. */
export const GateAnswer = Type.Object(
  {
    decision: Type.Unsafe<GateDecision>({ type: 'string', enum: [...gateDecisions] }),
    may_deploy: Type.Boolean({ description: 'Whether the caller’s level and every protection let it deploy there.' }),
    frozen: Type.Union(
      [
        Type.Object({
          until: Type.String({ format: 'date-time' }),
          freeze_start: Type.String(),
          freeze_end: Type.String(),
          cron_timezone: Type.String(),
          may_override: Type.Boolean({ description: 'Whether the caller may deploy nevertheless, by saying so.' }),
        }),
        Type.Null(),
      ],
      { description: 'null: the project is not frozen.' },
    ),
    approvals: Type.Object({
      required: Type.Integer({ description: 'In all; 0: none are needed.' }),
      rules: Type.Array(
        Type.Object({
          name: Type.Union([Type.String(), Type.Null()], {
            description: 'The user, group or access level that approves; null: the caller may not know who.',
          }),
          required: Type.Integer(),
        }),
        { description: 'Without any, whoever may deploy there may approve.' },
      ),
    }),
    protected: Type.Boolean(),
  },
  { $id: 'GateAnswer' },
);
export type GateAnswer = Static<typeof GateAnswer>;
