import { type Static, Type } from 'typebox';
import { DeploymentEvent } from './deployment-event.ts';
import { limits } from './limits.ts';
import { nativeStatuses } from './statuses.ts';
import { tiers } from './tiers.ts';

const textOrNull = Type.Union([Type.String(), Type.Null()]);
const momentOrNull = Type.Union([Type.String({ format: 'date-time' }), Type.Null()]);

/** Another deployment of the same lane, as it is now. */
export const LaneNeighbour = Type.Object(
  {
    deployment: Type.Integer({ description: 'Its number.' }),
    status: Type.Unsafe<string>({ type: 'string', enum: nativeStatuses }),
    version: textOrNull,
    ref: textOrNull,
    sha: textOrNull,
    at: Type.String({ format: 'date-time', description: 'When it succeeded; where it has not, of its latest news.' }),
  },
  { description: 'Another deployment there.' },
);
export type LaneNeighbour = Static<typeof LaneNeighbour>;

const neighbour = (description: string) => Type.Union([LaneNeighbour, Type.Null()], { description });

/** One deployment: as it is now, all that was told of it, and its place among the others there. */
export const DeploymentDetails = Type.Object(
  {
    deployment: Type.Object(DeploymentEvent.properties, { description: 'It, as it is now.' }),
    project: Type.String({ description: 'Its path.' }),
    tier: Type.Unsafe<(typeof tiers)[number]>({ type: 'string', enum: [...tiers] }),
    user: Type.Union([Type.String(), Type.Null()], {
      description: 'The name of the user who told of it first, which may be that of a token; null: nobody known.',
    }),
    started_at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
      description: 'When its present attempt began to change the environment.',
    }),
    finished_at: momentOrNull,
    succeeded_at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
      description: 'When it last succeeded; null: never.',
    }),
    live: Type.Boolean({ description: 'Whether it is what runs there now.' }),
    live_now: neighbour('What runs there now, which may be itself.'),
    before: neighbour('What succeeded there last before it did, or, where it has not, before its latest news.'),
    after: neighbour('What succeeded there next.'),
    rolled_back: Type.Boolean({ description: 'Whether what succeeded next put back what was there before.' }),
    previous: neighbour('The deployment there with the next lower number, whatever became of it.'),
    next: neighbour('The one with the next higher number.'),
    diff_url: Type.Union([Type.String(), Type.Null()], {
      description:
        'Where the forge shows what is new since `before`; null: the commits, or the forge’s address, are not known to the caller. The address is that of the project’s repository, which only its maintainers are told unless it is at github.com or gitlab.com; else that of its changes.',
    }),
    event_count: Type.Integer({ description: 'How many events there are; `events` has the latest of them.' }),
    events: Type.Array(DeploymentEvent, {
      description: `In the order in which they happened; at most the ${limits.defaultPage} told last.`,
    }),
    earlier_cursor: Type.Union([Type.String(), Type.Null()], {
      description: 'For /api/deployments/by-number/{number}/events; null: `events` has all.',
    }),
  },
  { $id: 'DeploymentDetails' },
);
export type DeploymentDetails = Static<typeof DeploymentDetails>;

/** Events of one deployment that were told before others. */
export const EarlierEvents = Type.Object(
  {
    items: Type.Array(DeploymentEvent, { description: 'In the order in which they happened.' }),
    next_cursor: Type.Union([Type.String(), Type.Null()], { description: 'null: there are none before these.' }),
  },
  { $id: 'EarlierEvents' },
);
export type EarlierEvents = Static<typeof EarlierEvents>;

export const EarlierEventsQuery = Type.Object(
  { cursor: Type.String({ pattern: '^[0-9]{1,15}$', description: '`earlier_cursor` of the deployment.' }) },
  { additionalProperties: false },
);
