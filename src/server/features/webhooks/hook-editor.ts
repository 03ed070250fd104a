import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { type FieldError, invalid } from '../../errors.ts';
import type { OutgoingAddresses } from '../../http/outgoing-address.ts';
import type { SecretBox } from '../../secret-box.ts';
import type { NewHook } from './hook-store.ts';
import type { HookSettings, HookShapes, Topic } from './webhook-types.ts';

/** undefined: as it was, or the default of a new hook. null: none. */
export interface HookChange {
  readonly url?: string | undefined;
  readonly name?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly secret?: string | null | undefined;
  readonly topics?: readonly Topic[] | undefined;
  /** Of its shape. Other topics without triggers stand for all that they give. */
  readonly triggers?: readonly string[] | null | undefined;
  readonly active?: boolean | undefined;
  readonly verifyTls?: boolean | undefined;
  /** Headers to add to each request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly kept?: HookSettings['kept'] | undefined;
}

const mostHeaders = 20;
const longest = { url: 2048, name: 255, description: 2048, secret: 2048, header: 2048 };
const blankSettings = { topics: [], triggers: null, active: true, verifyTls: true, kept: {} };
const noHeaders: Pick<HookSettings, 'headerNames' | 'sealedHeaders'> = { headerNames: [], sealedHeaders: null };

/** Says what a hook may be, and makes of one and a change the next. Each throws `validation_failed`. */
export class HookEditor {
  readonly #shapes: HookShapes;
  readonly #addresses: OutgoingAddresses;
  readonly #secrets: SecretBox;
  readonly #clock: Clock;

  constructor(shapes: HookShapes, addresses: OutgoingAddresses, secrets: SecretBox, clock: Clock) {
    this.#shapes = shapes;
    this.#addresses = addresses;
    this.#secrets = secrets;
    this.#clock = clock;
  }

  /** A new hook of a project. */
  made(projectId: number, shape: string, change: HookChange): NewHook {
    const now = this.#clock();
    const settings = { uuid: randomUUID(), shape, ...blankSettings, ...noHeaders };
    const blank = { url: '', name: null, description: null, sealedSecret: null, settings };
    return this.#changed({ ...blank, projectId, createdAt: now, updatedAt: now }, change);
  }

  /** Another URL takes the secret and the headers away, unless they are given anew: they were meant for the old one. */
  changed(before: NewHook, change: HookChange): NewHook {
    const isMoved = change.url !== undefined && change.url !== before.url;
    return this.#changed(isMoved ? withoutSecrets(before) : before, change);
  }

  #changed(before: NewHook, change: HookChange): NewHook {
    const { url = before.url, name = before.name, description = before.description, secret, headers } = change;
    const { settings } = before;
    const wrong = this.#faultsOf(settings.shape, { ...change, url });
    if (wrong.length > 0) throw invalid(wrong);
    const { topics = settings.topics, active = settings.active, verifyTls = settings.verifyTls, kept = {} } = change;
    const { triggers = isSame(topics, settings.topics) ? settings.triggers : null } = change;
    return {
      ...before,
      url,
      name,
      description,
      sealedSecret: secret === undefined ? before.sealedSecret : secret ? this.#secrets.seal(secret) : null,
      settings: {
        ...settings,
        ...(headers === undefined ? {} : this.#sealed(headers)),
        topics,
        triggers,
        active,
        verifyTls,
        kept: { ...settings.kept, ...kept },
      },
      updatedAt: this.#clock(),
    };
  }

  #sealed(headers: Readonly<Record<string, string>>): Pick<HookSettings, 'headerNames' | 'sealedHeaders'> {
    const headerNames = Object.keys(headers);
    if (headerNames.length === 0) return noHeaders;
    return { headerNames, sealedHeaders: this.#secrets.seal(JSON.stringify(headers)) };
  }

  #faultsOf(shape: string, { url = '', name, description, secret, headers = {} }: HookChange): FieldError[] {
    const texts = { url, name, description, secret };
    const faults: FieldError[] = [];
    const fault = this.#addresses.faultOf(url);
    if (fault !== undefined) faults.push({ pointer: '/url', message: fault });
    for (const field of ['url', 'name', 'description', 'secret'] as const) {
      if ((texts[field]?.length ?? 0) > longest[field])
        faults.push({ pointer: `/${field}`, message: `is too long (maximum is ${longest[field]} characters)` });
    }
    const secretFault = secret ? this.#secretFault(shape, secret) : undefined;
    if (secretFault !== undefined) faults.push({ pointer: '/secret', message: secretFault });
    return [...faults, ...headerFaults(headers)];
  }

  #secretFault(shape: string, secret: string): string | undefined {
    // It becomes a header, which takes no other characters.
    return isHeaderValue(secret) ? this.#shapes[shape]?.secretFault?.(secret) : 'must be plain ASCII text';
  }
}

function withoutSecrets(hook: NewHook): NewHook {
  return { ...hook, sealedSecret: null, settings: { ...hook.settings, ...noHeaders } };
}

function isSame(some: readonly Topic[], others: readonly Topic[]): boolean {
  return some.length === others.length && some.every((topic) => others.includes(topic));
}

const headerName = /^[A-Za-z][A-Za-z0-9]*(?:[._-][A-Za-z0-9]+)*$/;
/** What the sender itself says of a request. */
const ours = /^(?:host|connection|keep-alive|content-.*|transfer-encoding|expect|te|trailer|upgrade)$/i;

function headerFaults(headers: Readonly<Record<string, string>>): FieldError[] {
  const entries = Object.entries(headers);
  const wrong = (message: string) => [{ pointer: '/custom_headers', message }];
  if (entries.length > mostHeaders) return wrong(`must be ${mostHeaders} at most`);
  const name = entries.find(([each]) => !headerName.test(each) || each.length > 255 || ours.test(each))?.[0];
  if (name !== undefined) return wrong('has a name that cannot be used');
  const isFit = entries.every(([, value]) => value.length <= longest.header && isHeaderValue(value));
  return isFit ? [] : wrong('has a value that is no header');
}

function isHeaderValue(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
