import { type Static, Type } from 'typebox';
import { moment, projectReference } from './fields.ts';

/** Which environments take part. `gitlab`: those without a folder, and those of the tiers production and staging. */
export const trackedEnvironments = ['all', 'gitlab'] as const;
export type TrackedEnvironments = (typeof trackedEnvironments)[number];

/** Platforms from whose APIs changes can be read. */
export const forgeKinds = ['github', 'gitlab'] as const;
export type ForgeKind = (typeof forgeKinds)[number];

const momentOrNull = Type.Union([moment, Type.Null()]);
const textOrNull = Type.Union([Type.String(), Type.Null()]);
const shownToMaintainers = (more: string) =>
  Type.Union([Type.String(), Type.Null()], { description: `null for whoever may not change it.${more}` });
const tracked = Type.Unsafe<TrackedEnvironments>({ type: 'string', enum: [...trackedEnvironments] });
const kind = Type.Unsafe<ForgeKind>({ type: 'string', enum: [...forgeKinds] });
const secretText = (description: string, maxLength: number) =>
  Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength }), Type.Null()], { description }));

export const RepositoryQuery = Type.Object(
  { project: projectReference },
  { additionalProperties: false, $id: 'RepositoryQuery' },
);
export type RepositoryQuery = Static<typeof RepositoryQuery>;

/** What is not said is as for a new one, but user name, secret and token: they stay while what they are for is the same. */
export const RepositoryRequest = Type.Object(
  {
    url: Type.String({
      minLength: 1,
      maxLength: 2048,
      format: 'text',
      description: 'https://…, ssh://… or user@host:path.',
    }),
    username: Type.Optional(
      Type.Union([Type.String({ minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x39\\x3b-\\x7e]+$' }), Type.Null()], {
        description: 'For https. A token mostly goes with any name.',
      }),
    ),
    secret: secretText(
      'A password or token for https, a private key for ssh. It is stored sealed and never shown.',
      16_384,
    ),
    path: Type.Optional(
      Type.String({
        maxLength: 500,
        format: 'text-or-empty',
        description: 'Only commits that touch this folder are the project’s; empty: all are.',
      }),
    ),
    links_first: Type.Optional(
      Type.Boolean({ description: 'The first deployment of an environment ships all that it contains, as in GitLab.' }),
    ),
    tracked: Type.Optional(tracked),
    forge: Type.Optional(
      Type.Union(
        [
          Type.Object(
            {
              kind,
              url: Type.Optional(
                Type.String({ maxLength: 2048, description: 'Of its API. Absent: by the remote’s host.' }),
              ),
              project: Type.Optional(
                Type.String({
                  minLength: 1,
                  maxLength: 500,
                  description: '`owner/name`. Absent: as the remote’s path.',
                }),
              ),
              token: secretText('May read merge or pull requests. It is stored sealed and never shown.', 2048),
            },
            { additionalProperties: false },
          ),
          Type.Null(),
        ],
        { description: 'The platform whose API tells of changes; null: none is asked.' },
      ),
    ),
  },
  { additionalProperties: false, $id: 'RepositoryRequest' },
);
export type RepositoryRequest = Static<typeof RepositoryRequest>;

export const Repository = Type.Object(
  {
    url: shownToMaintainers(''),
    username: shownToMaintainers(' Or null: there is none.'),
    has_secret: Type.Boolean(),
    path: Type.String(),
    links_first: Type.Boolean(),
    tracked,
    forge: Type.Union([
      Type.Object({
        kind,
        url: shownToMaintainers(''),
        project: Type.String(),
        has_token: Type.Boolean(),
        error: shownToMaintainers(' Why its changes could not be read last; null: they could.'),
      }),
      Type.Null(),
    ]),
    default_branch: textOrNull,
    commit_count: Type.Integer(),
    shallow: Type.Boolean({ description: 'The remote’s own history has an end before its first commit.' }),
    fetched_at: Type.Union([moment, Type.Null()], { description: 'When it was last read; null: not yet.' }),
    attempted_at: momentOrNull,
    failures: Type.Integer({ description: 'In a row; 0: it could be read last.' }),
    error: shownToMaintainers(' Why it could not be read last; null: it could.'),
    next_fetch_at: moment,
    created_at: moment,
    updated_at: moment,
  },
  { $id: 'Repository' },
);
export type Repository = Static<typeof Repository>;

/** Where a project's commits are. */
export const RepositoryAnswer = Type.Object(
  {
    project: Type.String(),
    may_change: Type.Boolean({ description: 'Whether the caller may connect, change and disconnect it.' }),
    git_error: Type.Union([Type.String(), Type.Null()], {
      description: 'Why this server cannot read any repository; null: it can.',
    }),
    repository: Type.Union([Repository, Type.Null()], { description: 'null: none is connected.' }),
  },
  { $id: 'RepositoryAnswer' },
);
export type RepositoryAnswer = Static<typeof RepositoryAnswer>;
