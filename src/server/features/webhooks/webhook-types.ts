import { type HookTopic, hookTopics } from '../../../contract/hooks.ts';
import type { Status } from '../../../contract/statuses.ts';
import type { Dialect, RequestFacts, StatusNote } from '../../log/event.ts';

/** What hooks can be told of. */
export const topics = hookTopics;
export type Topic = HookTopic;

/** One thing that happened, as it was written with the change it tells of. Moments in epoch milliseconds. */
export interface Notice {
  readonly topic: Topic;
  /** Of the event that it tells of; 0: it tells of none. */
  readonly position: number;
  readonly projectId: number;
  readonly deploymentId: number;
  /** What the deployment became; of an approval: approved or rejected. */
  readonly status: Status | 'approved';
  /** The word of the dialect that it came by; undefined where it came by none. */
  readonly word: string | undefined;
  readonly at: number;
  /** Who did it, where that is not who reported the deployment. */
  readonly userId: number | undefined;
  readonly comment: string | null | undefined;
}

/** What a notice is about, as it is when the notice is taken up. */
export interface Subject {
  readonly deployment: {
    readonly id: number;
    readonly iid: number;
    readonly ref: string | null;
    readonly sha: string | null;
    readonly version: string | null;
    readonly runUrl: string | null;
    readonly description: string | null;
    readonly createdAt: number;
    readonly updatedAt: number;
    /** What it was asked for with; null: its tool reported it by itself. */
    readonly request: RequestFacts | null;
  };
  readonly environment: {
    readonly name: string;
    readonly slug: string;
    readonly tier: string;
    readonly externalUrl: string | null;
  };
  readonly project: SubjectProject;
  /** The event that the notice tells of; null where it tells of none. */
  readonly event: SubjectEvent | null;
  /** Who reported the deployment; null: nobody that is known. */
  readonly user: SubjectUser | null;
  /** Who did what the notice tells of, where it says so. */
  readonly actor: SubjectUser | null;
}

export interface SubjectEvent {
  readonly dialect: Dialect;
  readonly logUrl: string | null;
  readonly note: StatusNote | null;
  /** Whose request it was; null: nobody that is known. */
  readonly user: SubjectUser | null;
}

export interface SubjectProject {
  readonly id: number;
  readonly namespace: string;
  /** What people call its group; null where it lies in none. */
  readonly groupName: string | null;
  readonly groupId: number | null;
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly visibility: string;
  readonly defaultBranch: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface SubjectUser {
  readonly id: number;
  readonly username: string;
  readonly name: string;
}

/** One thing to tell one hook: what a shape makes of a notice. */
export interface Message {
  /** How the delivery log names it. */
  readonly trigger: string;
  readonly body: string;
}

/** What the request of an attempt is made of. */
export interface Envelope {
  readonly hookId: number;
  readonly projectId: number;
  /** What only its dialect knows of. */
  readonly kept: HookSettings['kept'];
  readonly trigger: string;
  readonly body: string;
  /** The same for every attempt of one delivery. */
  readonly deliveryUuid: string;
  /** The same for every hook that is told of one event. */
  readonly eventUuid: string;
  readonly hookUuid: string;
  readonly secret: string | undefined;
  /** When this attempt is made. */
  readonly at: number;
}

/** A request as its shape words it: what is signed is what is sent. */
export interface ShapedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How a dialect words its webhooks. Chosen for each hook by `HookSettings.shape`. */
export interface HookShape {
  /** undefined: receivers of this shape are not told of it. */
  message(notice: Notice, subject: Subject): Message | undefined;
  /** What a hook of this shape is tried with; absent: with a sample of what it is told. */
  ping?(hook: Hook, project: SubjectProject, user: SubjectUser | null): Message;
  request(envelope: Envelope): ShapedRequest;
  /** Why a text cannot be the secret of such a hook; undefined: it can. Absent: any text can. */
  secretFault?(secret: string): string | undefined;
  /** Those of the headers that hold the secret, in lower case: the delivery log does not show them. */
  readonly secretHeaders: readonly string[];
}

export type HookShapes = Readonly<Record<string, HookShape>>;

/** Stored with a hook as JSON. */
export interface HookSettings {
  readonly uuid: string;
  readonly shape: string;
  readonly topics: readonly Topic[];
  /** Only these of its shape's triggers, or `*`; null: all that its topics give. */
  readonly triggers: readonly string[] | null;
  /** One that is not is told of nothing new. */
  readonly active: boolean;
  readonly verifyTls: boolean;
  /** Headers that its owner adds: their names, and all of them sealed as one JSON record. */
  readonly headerNames: readonly string[];
  readonly sealedHeaders: string | null;
  /** What only its dialect knows of: kept, so that clients read back what they wrote. */
  readonly kept: Readonly<Record<string, unknown>>;
}

export interface Hook {
  readonly id: number;
  readonly projectId: number;
  readonly url: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly sealedSecret: string | null;
  readonly settings: HookSettings;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** One delivery to one hook, and how its last attempt went. Moments in epoch milliseconds. */
export interface Delivery {
  readonly id: number;
  readonly hookId: number;
  readonly uuid: string;
  readonly eventUuid: string;
  readonly trigger: string;
  readonly body: string;
  /** Whether it is sent again because somebody asked for it. */
  readonly redelivery: boolean;
  /** It is not sent before those of this deployment that were there before it; null: it waits for none. */
  readonly deploymentId: number | null;
  readonly createdAt: number;
  /** null: it was delivered, sent again apart from the queue, or given up. */
  readonly nextAttemptAt: number | null;
  readonly attempts: number;
  readonly deliveredAt: number | null;
  /** When it reached its receiver because somebody sent it again, while it waited; null: it did not. */
  readonly resentAt: number | null;
  readonly last: Attempt | undefined;
}

/** One attempt. Secrets are masked in its headers. */
export interface Attempt {
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly durationMs: number;
  /** undefined: no answer came. */
  readonly answer:
    | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
    | undefined;
  /** Why it failed, for people; undefined: it did not. */
  readonly error: string | undefined;
}
