import type { HookChange } from '../../features/webhooks/hook-editor.ts';
import type { Hook } from '../../features/webhooks/webhook-types.ts';
import { boolean, choice, type FieldValues, fields, json, list, record, text, unfit } from './fields.ts';
import { eventsChange, eventsOf } from './hook-events.ts';
import { maskedSecret } from './hook-view.ts';
import type { GitHubCall } from './route.ts';

const contentTypes = ['json', 'form'] as const;

/** `"0"` and `"1"`, as numbers too: whether the receiver need not prove who it is. */
const insecureSsl = json((value, name): boolean => {
  const known = new Map<unknown, boolean>([
    ['0', false],
    [0, false],
    [false, false],
    ['1', true],
    [1, true],
    [true, true],
  ]).get(value);
  if (known === undefined) throw unfit(name, 'must be 0 or 1');
  return known;
});

const settings = { content_type: choice(contentTypes), secret: text(), insecure_ssl: insecureSsl } as const;
const event = text({ required: true, maxLength: 100, form: [/^[a-z_*]+$/, 'is not the name of an event'] });
const events = list(event, { maxItems: 100 });
const ofBoth = { name: choice(['web']), active: boolean() } as const;

/** Of a POST: GitHub's hooks ask for pushes, in forms, where they do not say. Without pushes here, such a hook is told nothing. */
export function newHookOf({ body }: Pick<GitHubCall, 'body'>): HookChange {
  const config = record({ url: text({ required: true }), ...settings }, { required: true });
  const given = fields(body, 'Hook', { ...ofBoth, events, config });
  const { content_type = 'form', ...rest } = given.config;
  return {
    ...configChange({ ...rest, content_type }),
    ...eventsChange(given.events ?? ['push']),
    active: given.active,
  };
}

/** Of a PATCH. A config takes the place of the old one: without the secret, the secret goes. */
export function hookChangeOf({ body }: Pick<GitHubCall, 'body'>, now: Hook): HookChange {
  const config = record({ url: text(), ...settings });
  const given = fields(body, 'Hook', { ...ofBoth, events, add_events: events, remove_events: events, config });
  const { add_events: added = [], remove_events: removed = [] } = given;
  const isChanged = given.events !== undefined || added.length > 0 || removed.length > 0;
  const wanted = [...new Set([...(given.events ?? eventsOf(now)), ...added])].filter((name) => !removed.includes(name));
  return {
    ...(given.config ? { ...configChange(given.config), ...secretChange(given.config.secret ?? null) } : {}),
    ...(isChanged ? eventsChange(wanted) : {}),
    active: given.active,
  };
}

/** Of a PATCH of the config alone: what is not given stays. */
export function configChangeOf({ body }: Pick<GitHubCall, 'body'>): HookChange {
  return configChange(fields(body, 'Hook', { url: text(), ...settings }));
}

type Config = FieldValues<typeof settings> & { readonly url?: string | undefined };

function configChange({ url, content_type, secret, insecure_ssl: insecure }: Config): HookChange {
  return {
    url: url?.trim(),
    verifyTls: insecure === undefined ? undefined : !insecure,
    ...secretChange(secret),
    ...(content_type === undefined ? {} : { kept: { content_type } }),
  };
}

function secretChange(secret: string | null | undefined): Pick<HookChange, 'secret'> {
  return { secret: secret === maskedSecret ? undefined : secret };
}
