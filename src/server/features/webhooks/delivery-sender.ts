import { ShiplogFault } from '../../errors.ts';
import { type OutgoingAnswer, OutgoingFailure, type OutgoingRequests } from '../../http/outgoing-requests.ts';
import type { SecretBox } from '../../secret-box.ts';
import type { NewDelivery } from './delivery-log-store.ts';
import type { Attempt, Hook, HookShape, HookShapes } from './webhook-types.ts';

export interface SentAttempt extends Attempt {
  /** Whether the receiver kept this node waiting to the limit. */
  readonly timedOut: boolean;
}

const masked = '[REDACTED]';

/** Makes single attempts: opens what is sealed, lets the hook's shape word the request, sends. */
export class DeliverySender {
  readonly #requests: OutgoingRequests;
  readonly #secrets: SecretBox;
  readonly #shapes: HookShapes;
  readonly #userAgent: string;

  constructor(requests: OutgoingRequests, secrets: SecretBox, shapes: HookShapes, userAgent: string) {
    this.#requests = requests;
    this.#secrets = secrets;
    this.#shapes = shapes;
    this.#userAgent = userAgent;
  }

  shapeOf(hook: Hook): HookShape {
    const shape = this.#shapes[hook.settings.shape];
    if (!shape) throw new RangeError(`There is no shape ${hook.settings.shape} of webhooks.`);
    return shape;
  }

  /**
   * An answer from 200 to 299 is a success, everything else is told in `error`. Throws `secret_sealed`, having sent
   * nothing, where this node's key does not open the hook's secrets.
   */
  async attempt(hook: Hook, delivery: NewDelivery, at: number): Promise<SentAttempt> {
    const { headers, body, shown } = this.#request(hook, delivery, at);
    const startedAt = performance.now();
    const post = { url: hook.url, headers, body, verifyTls: hook.settings.verifyTls };
    const result = await this.#requests.post(post).catch(failureOf);
    const sent = { url: hook.url, requestHeaders: shown, durationMs: performance.now() - startedAt };
    if (result instanceof OutgoingFailure)
      return { ...sent, answer: undefined, error: result.message, timedOut: result.timedOut };
    return { ...sent, answer: storable(result), error: answerFault(result.status), timedOut: false };
  }

  /** What to send, and its headers as the delivery log may show them. */
  #request(hook: Hook, { trigger, body, uuid, eventUuid }: NewDelivery, at: number) {
    const { sealedHeaders, uuid: hookUuid, kept } = hook.settings;
    const secret = hook.sealedSecret === null ? undefined : this.#secrets.open(hook.sealedSecret);
    const own: Record<string, string> = sealedHeaders === null ? {} : JSON.parse(this.#secrets.open(sealedHeaders));
    const shape = this.shapeOf(hook);
    const about = { hookId: hook.id, projectId: hook.projectId, hookUuid, kept };
    const shaped = shape.request({ ...about, trigger, body, deliveryUuid: uuid, eventUuid, secret, at });
    const ours = {
      'Content-Type': 'application/json',
      'User-Agent': this.#userAgent,
      ...shaped.headers,
    };
    const taken = new Set(Object.keys(ours).map((name) => name.toLowerCase()));
    const added = Object.entries(own).filter(([name]) => !taken.has(name.toLowerCase()));
    const shown = Object.entries(ours).map(([name, value]) => [
      name,
      shape.secretHeaders.includes(name.toLowerCase()) ? masked : value,
    ]);
    return {
      headers: { ...Object.fromEntries(added), ...ours },
      body: shaped.body,
      shown: { ...Object.fromEntries(added.map(([name]) => [name, masked])), ...Object.fromEntries(shown) },
    };
  }
}

function failureOf(error: unknown): OutgoingFailure {
  if (error instanceof OutgoingFailure) return error;
  throw error;
}

function answerFault(status: number): string | undefined {
  if (status >= 200 && status < 300) return undefined;
  const isRedirect = status >= 300 && status < 400;
  return `The answer was ${status}${isRedirect ? ': redirects are not followed' : ''}.`;
}

/** PostgreSQL cannot store a NUL. */
function storable({ status, headers, body }: OutgoingAnswer): OutgoingAnswer {
  return { status, headers, body: body.replaceAll('\0', '\uFFFD') };
}

/** Whether an attempt could not be made here, although another node may be able to. */
export function isSealed(error: unknown): error is ShiplogFault {
  return error instanceof ShiplogFault && error.code === 'secret_sealed';
}
