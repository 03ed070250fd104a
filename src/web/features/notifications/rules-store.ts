/** What the reader wants to be told of: any of these, in these projects and environments. */
export interface NotificationRule {
  readonly id: string;
  /** Statuses that a deployment comes to, and `approval`: it waits for the reader's own. */
  readonly occasions: readonly string[];
  /** As in the matrix's filter: part of a name, or a pattern with `*` and `?`; empty: each. */
  readonly project: string;
  /** A name, or a pattern; empty: each. */
  readonly environment: string;
}

/** Kept in this browser, since the permission to notify belongs to it too. */
const storageName = 'shiplog-notifications';

type Rules = readonly NotificationRule[];

let read: { readonly text: string | null; readonly rules: Rules } = { text: null, rules: [] };
const listeners = new Set<() => void>();

/** The rules of this browser; the same array as long as they are the same. */
export function notificationRules(): Rules {
  const text = storedText();
  if (text !== read.text) read = { text, rules: parse(text) };
  return read.rules;
}

/** Told when they change, in this tab or another. */
export function onNotificationRules(listener: () => void): () => void {
  const hear = ({ key }: StorageEvent) => {
    if (key === storageName || key === null) listener();
  };
  listeners.add(listener);
  addEventListener('storage', hear);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', hear);
  };
}

/** Throws where the browser keeps nothing. */
export function storeNotificationRules(rules: Rules): void {
  if (rules.length === 0) localStorage.removeItem(storageName);
  else localStorage.setItem(storageName, JSON.stringify(rules));
  for (const listener of listeners) listener();
}

function storedText(): string | null {
  try {
    return localStorage.getItem(storageName);
  } catch {
    return null;
  }
}

function parse(text: string | null): Rules {
  try {
    const stored: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(stored) ? stored.filter(isRule) : [];
  } catch {
    return [];
  }
}

function isRule(value: unknown): value is NotificationRule {
  if (typeof value !== 'object' || value === null) return false;
  const { id, occasions, project, environment } = value as Partial<Record<keyof NotificationRule, unknown>>; // looked at below
  return (
    [id, project, environment].every((text) => typeof text === 'string') &&
    Array.isArray(occasions) &&
    occasions.every((occasion) => typeof occasion === 'string')
  );
}
