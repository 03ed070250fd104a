import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { type FieldError, invalid, notFound } from '../../errors.ts';
import type { OutgoingAddresses } from '../../http/outgoing-address.ts';
import type { Structure } from '../../log/structure.ts';
import type { Principal, ProjectAccess } from '../../principal.ts';
import { requireMaintainer } from '../../require-level.ts';
import type { SecretBox } from '../../secret-box.ts';
import type { HookStore, NewHook } from './hook-store.ts';
import type { Hook, HookSettings, Topic } from './webhook-types.ts';

export type HookedProject = ProjectAccess & { readonly id: number };

/** undefined: as it was, or the default of a new hook. null: none. */
export interface HookChange {
  readonly url?: string | undefined;
  readonly name?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly secret?: string | null | undefined;
  readonly topics?: readonly Topic[] | undefined;
  /** Of its shape; topics without them stand for all that they give. */
  readonly triggers?: readonly string[] | null | undefined;
  readonly active?: boolean | undefined;
  readonly verifyTls?: boolean | undefined;
  /** Headers to add to each request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly kept?: HookSettings['kept'] | undefined;
}

const mostHooks = 100;
const mostHeaders = 20;
const longest = { url: 2048, name: 255, description: 2048, secret: 2048, header: 2048 };

/** The hooks of projects, for their maintainers. */
export class WebhookService {
  readonly #store: HookStore;
  readonly #structure: Structure;
  readonly #secrets: SecretBox;
  readonly #addresses: OutgoingAddresses;
  readonly #clock: Clock;

  constructor(store: HookStore, structure: Structure, secrets: SecretBox, addresses: OutgoingAddresses, clock: Clock) {
    this.#store = store;
    this.#structure = structure;
    this.#secrets = secrets;
    this.#addresses = addresses;
    this.#clock = clock;
  }

  /** Of one shape, or all. */
  async list(
    principal: Principal,
    project: HookedProject,
    { limit, offset }: { readonly limit: number; readonly offset: number },
    shape?: string,
  ): Promise<{ items: Hook[]; total: number }> {
    requireMaintainer(principal, project);
    const hooks = await this.#store.all(project.id);
    const ours = hooks.filter(({ settings }) => shape === undefined || settings.shape === shape);
    return { items: ours.slice(offset, offset + limit), total: ours.length };
  }

  /** Throws `not_found`, also for a hook of another shape, and `forbidden` for who may not know of the project's hooks. */
  async get(principal: Principal, project: HookedProject, id: number, shape?: string): Promise<Hook> {
    requireMaintainer(principal, project);
    const hook = await this.#store.byId(project.id, id);
    if (!hook || (shape !== undefined && hook.settings.shape !== shape)) throw notFound('hook');
    return hook;
  }

  /** The id of a hook's project, for who does not know it. Throws `not_found`. */
  async projectOf(id: number): Promise<number> {
    const found = await this.#store.projectOf(id);
    if (found === undefined) throw notFound('hook');
    return found;
  }

  /** Throws `validation_failed`, with the pointer `/url` where requests may not go there. */
  async create(principal: Principal, project: HookedProject, shape: string, change: HookChange): Promise<Hook> {
    requireMaintainer(principal, project);
    const now = this.#clock();
    const settings = { uuid: randomUUID(), shape, ...blankSettings, ...noHeaders };
    const blank = { url: '', name: null, description: null, sealedSecret: null, settings };
    const hook = this.#changed({ ...blank, projectId: project.id, createdAt: now, updatedAt: now }, change);
    const stored = await this.#structure.change(({ kysely }) => this.#store.insert(kysely, hook, mostHooks));
    if (!stored) throw invalid([{ pointer: '/base', message: `Maximum number of hooks (${mostHooks}) exceeded` }]);
    return stored;
  }

  /** Another URL takes the secret and the headers away, unless they are given anew: they were meant for the old one. */
  async update(principal: Principal, project: HookedProject, id: number, change: HookChange): Promise<Hook> {
    const before = await this.get(principal, project, id);
    const moved = change.url !== undefined && change.url !== before.url;
    const hook = this.#changed(moved ? withoutSecrets(before) : before, change);
    const stored = await this.#store.update({ ...hook, id });
    if (!stored) throw notFound('hook');
    return stored;
  }

  /** With its deliveries: those that wait are not sent. */
  async delete(principal: Principal, project: HookedProject, id: number): Promise<void> {
    await this.get(principal, project, id);
    await this.#structure.change(({ kysely }) => this.#store.delete(kysely, id));
  }

  #changed(before: NewHook, change: HookChange): NewHook {
    const { url = before.url, name = before.name, description = before.description, secret, headers } = change;
    const wrong = faultsOf({ ...change, url }, this.#addresses);
    if (wrong.length > 0) throw invalid(wrong);
    const { settings } = before;
    const { topics = settings.topics, active = settings.active, verifyTls = settings.verifyTls, kept = {} } = change;
    const { triggers = change.topics ? null : settings.triggers } = change;
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
}

const blankSettings = { topics: [], triggers: null, active: true, verifyTls: true, kept: {} };
const noHeaders: Pick<HookSettings, 'headerNames' | 'sealedHeaders'> = { headerNames: [], sealedHeaders: null };

function withoutSecrets(hook: Hook): NewHook {
  return { ...hook, sealedSecret: null, settings: { ...hook.settings, ...noHeaders } };
}

function faultsOf({ url = '', name, description, secret, headers = {} }: HookChange, addresses: OutgoingAddresses) {
  const texts = { url, name, description, secret };
  const faults: FieldError[] = [];
  const fault = addresses.faultOf(url);
  if (fault !== undefined) faults.push({ pointer: '/url', message: fault });
  for (const field of ['url', 'name', 'description', 'secret'] as const) {
    if ((texts[field]?.length ?? 0) > longest[field])
      faults.push({ pointer: `/${field}`, message: `is too long (maximum is ${longest[field]} characters)` });
  }
  // It becomes a header, which takes no other characters.
  if (secret && !isHeaderValue(secret)) faults.push({ pointer: '/secret', message: 'must be plain ASCII text' });
  return [...faults, ...headerFaults(headers)];
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
