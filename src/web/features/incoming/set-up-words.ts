import type { IncomingSource } from '../../../contract/incoming.ts';

interface SetUpWords {
  /** Where its webhooks are made. */
  readonly place: string;
  readonly urlField: string;
  readonly secretField: string;
  readonly contentType: string | undefined;
  /** What it has to send, and what it may. */
  readonly needed: string;
  readonly useful: string;
  readonly after: string;
}

/** How a webhook is made in each tool, in the tool's own words. */
export const setUpWords: Readonly<Record<IncomingSource, SetUpWords>> = {
  github: {
    place: 'the repository’s Settings, Webhooks, Add webhook',
    urlField: 'Payload URL',
    secretField: 'Secret',
    contentType: 'application/json',
    needed: 'Deployments, Deployment statuses',
    useful: 'Pushes, Pull requests',
    after: 'GitHub sends a ping as soon as the webhook is added.',
  },
  gitlab: {
    place: 'the project’s Settings, Webhooks, Add new webhook',
    urlField: 'URL',
    secretField: 'Secret token',
    contentType: undefined,
    needed: 'Deployment events',
    useful: 'Push events, Tag push events, Merge request events',
    after: 'Press Test, Push events beside the new webhook, or let a pipeline deploy.',
  },
};
