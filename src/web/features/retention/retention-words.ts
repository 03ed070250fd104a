import type { RetentionKind } from '../../../contract/retention.ts';

interface KindWords {
  readonly name: string;
  readonly about: string;
}

export const kindWords: Readonly<Record<RetentionKind, KindWords>> = {
  events: { name: 'Deployments and their events', about: 'What was recorded once is never lost.' },
  audit_entries: { name: 'Audit log', about: 'Who did what stays on record.' },
  webhook_deliveries: {
    name: 'Deliveries to webhooks',
    about: 'What was sent and answered. While they are kept, they can be sent again.',
  },
  incoming_recorded: {
    name: 'Incoming webhooks that were recorded',
    about: 'The originals. What they told of deployments stays.',
  },
  incoming_other: {
    name: 'Other incoming webhooks',
    about: 'Those that failed or told of nothing. While they are kept, they can be replayed.',
  },
  idempotency_keys: { name: 'Idempotency keys', about: 'A report that is repeated within this time counts once.' },
  sessions: { name: 'Sessions', about: 'After this time people sign in again.' },
};
