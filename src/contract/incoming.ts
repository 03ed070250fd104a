import { type Static, Type } from 'typebox';
import { text } from './deployment-event.ts';
import { limits } from './limits.ts';

/** Tools whose webhooks are understood. */
export const incomingSources = ['github', 'gitlab'] as const;
export type IncomingSource = (typeof incomingSources)[number];

/**
 * What became of a webhook that came in.
 *   waiting  it is stored, and what it says is not recorded yet
 *   applied  what it says is recorded
 *   kept     it is about something that is not shown, such as a workflow run
 *   failed   it could not be understood; `reason` says why
 */
export const incomingStates = ['waiting', 'applied', 'kept', 'failed'] as const;
export type IncomingState = (typeof incomingStates)[number];

const source = Type.Unsafe<IncomingSource>({ type: 'string', enum: [...incomingSources] });
const state = Type.Unsafe<IncomingState>({ type: 'string', enum: [...incomingStates] });
const project = text(limits.path, '`namespace/service`, or the number of the project.');

export const ProjectQuery = Type.Object({ project }, { additionalProperties: false, $id: 'ProjectQuery' });
export type ProjectQuery = Static<typeof ProjectQuery>;

export const IncomingSecretRequest = Type.Object(
  {
    source,
    secret: Type.Optional(
      Type.String({
        minLength: 16,
        maxLength: 255,
        pattern: '^[\\x21-\\x7e]+$',
        description: 'Printable ASCII without blanks. Absent: one is made.',
      }),
    ),
  },
  { additionalProperties: false, $id: 'IncomingSecretRequest' },
);
export type IncomingSecretRequest = Static<typeof IncomingSecretRequest>;

export const IncomingSecret = Type.Object(
  {
    id: Type.Integer(),
    project: Type.String(),
    source,
    path: Type.String({ description: 'Where the tool posts to, at this server.' }),
    created_at: Type.String({ format: 'date-time' }),
    secret: Type.Optional(Type.String({ description: 'Only in the answer that creates it.' })),
  },
  { $id: 'IncomingSecret' },
);
export type IncomingSecret = Static<typeof IncomingSecret>;

export const IncomingSecretList = Type.Object({ items: Type.Array(IncomingSecret) }, { $id: 'IncomingSecretList' });
export type IncomingSecretList = Static<typeof IncomingSecretList>;

const delivery = {
  id: Type.Integer(),
  project: Type.String(),
  source,
  event: Type.String({ description: 'What it is about, in the word of its source; empty where it does not say.' }),
  delivery_id: Type.String({ description: 'The same for every repeat of it.' }),
  state,
  reason: Type.Union([Type.String(), Type.Null()], { description: 'Why it failed.' }),
  received_at: Type.String({ format: 'date-time' }),
  settled_at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
    description: 'When it became what `state` says; null while it waits.',
  }),
};

export const IncomingDelivery = Type.Object(delivery, { $id: 'IncomingDelivery' });
export type IncomingDelivery = Static<typeof IncomingDelivery>;

export const IncomingDeliveryDetails = Type.Object(
  {
    ...delivery,
    headers: Type.Record(Type.String(), Type.String(), { description: 'Those that tell of it, and no secrets.' }),
    body: Type.String({ description: 'As it came.' }),
  },
  { $id: 'IncomingDeliveryDetails' },
);
export type IncomingDeliveryDetails = Static<typeof IncomingDeliveryDetails>;

/** Newest first. */
export const IncomingPage = Type.Object(
  {
    items: Type.Array(IncomingDelivery),
    next_cursor: Type.Union([Type.String(), Type.Null()], { description: 'null on the last page.' }),
  },
  { $id: 'IncomingPage' },
);
export type IncomingPage = Static<typeof IncomingPage>;

export const IncomingQuery = Type.Object(
  {
    project,
    state: Type.Optional(state),
    limit: Type.Optional(
      Type.String({ format: 'page-size', description: `1 to ${limits.page}; ${limits.defaultPage} when absent.` }),
    ),
    cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$', description: 'next_cursor of the page before.' })),
  },
  { additionalProperties: false, $id: 'IncomingQuery' },
);
export type IncomingQuery = Static<typeof IncomingQuery>;
