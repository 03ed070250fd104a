import type { Clock } from '../../clock.ts';
import type { IdSource } from '../../ids.ts';
import type { NewDelivery } from './delivery-log-store.ts';
import type { NoticeStore } from './notice-store.ts';
import type { Hook, HookShapes, Message, Notice, Subject } from './webhook-types.ts';

const noticesAtOnce = 100;

interface NoticeExpanderParts {
  readonly notices: NoticeStore;
  readonly shapes: HookShapes;
  readonly clock: Clock;
  readonly newId: IdSource;
  /** Told of a notice that could not be put into words; it is dropped, so that those behind it are delivered. */
  readonly onError: (error: unknown, notice: Notice) => void;
}

/** Makes of each notice of the outbox one delivery for each hook that wants it. */
export class NoticeExpander {
  readonly #parts: NoticeExpanderParts;

  constructor(parts: NoticeExpanderParts) {
    this.#parts = parts;
  }

  /** Takes some of the oldest up; answers whether there may be more. */
  async expand(): Promise<boolean> {
    const toDeliveries = (notice: Notice, subject: Subject, hooks: readonly Hook[]) =>
      this.#deliveriesOf(notice, subject, hooks);
    return (await this.#parts.notices.take(noticesAtOnce, toDeliveries)) === noticesAtOnce;
  }

  #deliveriesOf(notice: Notice, subject: Subject, hooks: readonly Hook[]): NewDelivery[] {
    const { clock, newId } = this.#parts;
    const now = clock();
    const eventUuid = newId();
    return hooks.flatMap((hook) => {
      const message = this.#messageOf(notice, subject, hook);
      return message
        ? [
            {
              hookId: hook.id,
              uuid: newId(),
              eventUuid,
              ...message,
              redelivery: false,
              deploymentId: notice.deploymentId,
              createdAt: now,
              nextAttemptAt: now,
            },
          ]
        : [];
    });
  }

  #messageOf(notice: Notice, subject: Subject, { settings }: Hook): Message | undefined {
    const { shapes, onError } = this.#parts;
    const { active, topics, triggers, shape } = settings;
    if (!active || !topics.includes(notice.topic)) return undefined;
    try {
      const message = shapes[shape]?.message(notice, subject);
      return message && wants(triggers, message) ? message : undefined;
    } catch (error) {
      onError(error, notice);
      return undefined;
    }
  }
}

function wants(triggers: Hook['settings']['triggers'], { trigger }: Message): boolean {
  return triggers === null || triggers.includes('*') || triggers.includes(trigger);
}
