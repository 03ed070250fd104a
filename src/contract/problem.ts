import { type Static, Type } from 'typebox';

/** RFC 9457 problem details: the body of every failure of the native API. */
export const Problem = Type.Object(
  {
    type: Type.String({
      description: 'Stable URN of the kind of problem, urn:shiplog:error:<code>; see docs/errors.md.',
    }),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: 'The last part of type: one of a closed list.' }),
    detail: Type.Optional(Type.String()),
    instance: Type.Optional(Type.String({ description: 'The id of the request, as in the server’s log.' })),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({
            description: 'JSON Pointer into the body, or / and the name of a parameter or header.',
          }),
          message: Type.String(),
        }),
      ),
    ),
  },
  { $id: 'Problem' },
);
export type Problem = Static<typeof Problem>;
