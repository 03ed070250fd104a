import { parse } from 'yaml';

/** A request as Argo CD's notifications send it. */
export interface Notification {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Service {
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

interface Template {
  readonly webhook: Readonly<Record<string, { readonly method: string; readonly path: string; readonly body: string }>>;
}

/** What a template of an argocd-notifications-cm makes of an application. */
export function renderNotification(
  data: Readonly<Record<string, string>>,
  template: string,
  secrets: Readonly<Record<string, string>>,
  app: unknown,
): Notification {
  const { webhook } = parse(data[`template.${template}`] ?? '') as Template; // the guide's own
  const [[name, { method, path, body }] = missing(template)] = Object.entries(webhook);
  const service = parse(data[`service.webhook.${name}`] ?? '') as Service; // the guide's own
  const headers = service.headers.map(({ name: header, value }) => [header, withSecrets(value, secrets)] as const);
  return {
    method,
    url: `${service.url.replace(/\/+$/, '')}/${render(path, { app }).replace(/^\/+/, '')}`,
    headers: Object.fromEntries(headers),
    body: render(body, { app }),
  };
}

/** `$name` is the secret of that name. */
function withSecrets(value: string, secrets: Readonly<Record<string, string>>): string {
  return value.replace(/\$([\w-]+)/g, (whole, name: string) => secrets[name] ?? whole);
}

/** Go's templates, as far as guides need them: `{{.a.b}}`, and `<no value>` where there is none. */
function render(template: string, values: unknown): string {
  return template.replace(/\{\{\s*((?:\.\w+)+)\s*\}\}/g, (_, path: string) => {
    let found = values;
    for (const name of path.slice(1).split('.')) found = (found as Record<string, unknown> | undefined)?.[name]; // walked by name
    return found === undefined ? '<no value>' : String(found);
  });
}

function missing(template: string): never {
  throw new Error(`There is no template ${template}.`);
}
