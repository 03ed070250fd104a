import type { Clock } from '../../clock.ts';
import { notFound } from '../../errors.ts';
import type { NoticeStore } from './notice-store.ts';
import type { Hook, HookShape, HookShapes, Message, SubjectUser } from './webhook-types.ts';

/** What hooks are tried with, in the words of their shapes. */
export class TrialMessages {
  readonly #notices: NoticeStore;
  readonly #shapes: HookShapes;
  readonly #clock: Clock;

  constructor(notices: NoticeStore, shapes: HookShapes, clock: Clock) {
    this.#notices = notices;
    this.#shapes = shapes;
    this.#clock = clock;
  }

  /** What the newest deployment of its project would tell the hook. Throws `not_found` where it would tell it nothing. */
  async sample(hook: Hook): Promise<Message> {
    const sample = await this.#notices.sample(hook.projectId, this.#clock());
    const message = sample && this.#shapeOf(hook)?.message(sample.notice, sample.subject);
    if (!message) throw notFound('deployment');
    return message;
  }

  /** What its shape tries hooks with; of a shape without such a word, a sample. */
  async ping(hook: Hook, user: SubjectUser | null): Promise<Message> {
    const shape = this.#shapeOf(hook);
    if (!shape?.ping) return this.sample(hook);
    const project = await this.#notices.project(hook.projectId);
    if (!project) throw notFound('Project');
    return shape.ping(hook, project, user);
  }

  #shapeOf({ settings }: Hook): HookShape | undefined {
    return this.#shapes[settings.shape];
  }
}
