import { type Static, Type } from 'typebox';
import { moment, projectReference } from './fields.ts';
import { limits } from './limits.ts';

/** What a hook can be told of. `unapproved`: a deployment went without an approval that it needed. */
export const hookTopics = ['deployment', 'approval', 'unapproved'] as const;
export type HookTopic = (typeof hookTopics)[number];

/** How what a hook is told is worded and signed: as GitHub or GitLab does it, or by Standard Webhooks. */
export const hookShapes = ['github', 'gitlab', 'standard'] as const;
export type HookShapeName = (typeof hookShapes)[number];

const momentOrNull = Type.Union([moment, Type.Null()]);
const textOrNull = Type.Union([Type.String(), Type.Null()]);
const headerRecord = Type.Record(Type.String(), Type.String());

const url = Type.String({ minLength: 1, maxLength: 2048, description: 'Where the posts go: http or https.' });
const topics = Type.Array(Type.Unsafe<HookTopic>({ type: 'string', enum: [...hookTopics] }), {
  uniqueItems: true,
  description: 'All where a new hook does not say.',
});
const secret = Type.Union([Type.String({ maxLength: 2048 }), Type.Null()], {
  description:
    'Signs what is sent; null takes it away. It is never shown. Of the shape `standard`: `whsec_` and base64.',
});
const active = Type.Boolean({ description: 'A hook that is not active is told of nothing new.' });
const verifyTls = Type.Boolean({ description: 'Whether an https server must prove who it is.' });

export const HookRequest = Type.Object(
  {
    project: projectReference,
    url,
    shape: Type.Unsafe<HookShapeName>({ type: 'string', enum: [...hookShapes] }),
    topics: Type.Optional(topics),
    secret: Type.Optional(secret),
    active: Type.Optional(active),
    verify_tls: Type.Optional(verifyTls),
  },
  { additionalProperties: false, $id: 'HookRequest' },
);
export type HookRequest = Static<typeof HookRequest>;

/** Another URL takes the secret away, unless it is given anew. What a hook's posts look like stays. */
export const HookUpdate = Type.Object(
  {
    url: Type.Optional(url),
    topics: Type.Optional(topics),
    secret: Type.Optional(secret),
    active: Type.Optional(active),
    verify_tls: Type.Optional(verifyTls),
  },
  { additionalProperties: false, $id: 'HookUpdate' },
);
export type HookUpdate = Static<typeof HookUpdate>;

export const deliveryStates = ['waiting', 'delivered', 'resent', 'given-up'] as const;
type DeliveryState = (typeof deliveryStates)[number];

const delivery = {
  id: Type.Integer(),
  uuid: Type.String({ description: 'The same for every attempt: receivers tell a repeat by it.' }),
  event_uuid: Type.String({ description: 'The same for every hook that is told of one event.' }),
  event: Type.String({ description: 'What it tells, in the words of the shape: `deployment_status`.' }),
  state: Type.Unsafe<DeliveryState>({
    type: 'string',
    enum: [...deliveryStates],
    description:
      'waiting: an attempt lies ahead. resent: while it waited, somebody sent it again, and that was taken. given-up: the ' +
      'last attempt failed, and none follows.',
  }),
  redelivery: Type.Boolean({ description: 'Sent again because somebody asked for it.' }),
  attempts: Type.Integer(),
  created_at: moment,
  delivered_at: momentOrNull,
  next_attempt_at: momentOrNull,
  status_code: Type.Union([Type.Integer(), Type.Null()], { description: 'Of the last answer; null: none came.' }),
  duration_ms: Type.Union([Type.Integer(), Type.Null()]),
  error: Type.Union([Type.String(), Type.Null()], { description: 'Why the last attempt failed.' }),
};

export const HookDelivery = Type.Object(delivery, { $id: 'HookDelivery' });
export type HookDelivery = Static<typeof HookDelivery>;

/** One delivery with its last attempt. Secrets are masked in the headers. */
export const HookDeliveryDetails = Type.Object(
  {
    ...delivery,
    request: Type.Object({ url: textOrNull, headers: headerRecord, body: Type.String() }),
    response: Type.Union([
      Type.Object({ status_code: Type.Integer(), headers: headerRecord, body: Type.String() }),
      Type.Null(),
    ]),
  },
  { $id: 'HookDeliveryDetails' },
);
export type HookDeliveryDetails = Static<typeof HookDeliveryDetails>;

export const Hook = Type.Object(
  {
    id: Type.Integer(),
    project: Type.String(),
    url: Type.String(),
    shape: Type.Unsafe<HookShapeName>({ type: 'string', enum: [...hookShapes] }),
    topics,
    active: Type.Boolean(),
    has_secret: Type.Boolean(),
    verify_tls: Type.Boolean(),
    created_at: moment,
    last_delivery: Type.Optional(HookDelivery),
  },
  { $id: 'Hook' },
);
export type Hook = Static<typeof Hook>;

export const HookList = Type.Object({ items: Type.Array(Hook) }, { $id: 'HookList' });
export type HookList = Static<typeof HookList>;

export const HookDeliveryPage = Type.Object(
  {
    items: Type.Array(HookDelivery),
    next_cursor: Type.Union([Type.String(), Type.Null()], { description: 'null on the last page.' }),
  },
  { $id: 'HookDeliveryPage' },
);
export type HookDeliveryPage = Static<typeof HookDeliveryPage>;

export const HookDeliveryQuery = Type.Object(
  {
    status: Type.Optional(
      Type.Unsafe<'success' | 'failure'>({
        type: 'string',
        enum: ['success', 'failure'],
        description: 'How the last attempt went.',
      }),
    ),
    limit: Type.Optional(
      Type.String({ format: 'page-size', description: `1 to ${limits.page}; ${limits.defaultPage} when absent.` }),
    ),
    cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$', description: 'next_cursor of the page before.' })),
  },
  { additionalProperties: false, $id: 'HookDeliveryQuery' },
);
export type HookDeliveryQuery = Static<typeof HookDeliveryQuery>;
