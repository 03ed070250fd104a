import type { Hook, HookShapeName, HookTopic, HookUpdate } from '../../../contract/hooks.ts';

/** What the form holds while it is filled in. */
export interface HookDraft {
  readonly url: string;
  readonly shape: HookShapeName;
  readonly topics: readonly HookTopic[];
  /** Empty: none, or the one it has. */
  readonly secret: string;
  /** The one it has goes. */
  readonly removesSecret: boolean;
  readonly active: boolean;
  readonly verifyTls: boolean;
}

const blank: HookDraft = {
  url: '',
  shape: 'github',
  topics: ['deployment'],
  secret: '',
  removesSecret: false,
  active: true,
  verifyTls: true,
};

/** The hook as the form begins with it; without one, what a new hook begins with. */
export function draftOf(hook: Hook | undefined): HookDraft {
  if (!hook) return blank;
  const { url, shape, topics, active, verify_tls: verifyTls } = hook;
  return { url, shape, topics, secret: '', removesSecret: false, active, verifyTls };
}

/** What to send of it, but for what only a new hook is told. A secret that was not typed is left as it is. */
export function changeOf({ url, topics, secret, removesSecret, active, verifyTls }: HookDraft): HookUpdate {
  return {
    url: url.trim(),
    topics: [...topics],
    active,
    verify_tls: verifyTls,
    ...(secret === '' ? {} : { secret }),
    ...(removesSecret ? { secret: null } : {}),
  };
}
