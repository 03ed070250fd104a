import {
  type Hook,
  type HookRequest,
  type HookShapeName,
  type HookTopic,
  type HookUpdate,
  hookTopics,
} from '../../../contract/hooks.ts';

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
  const { url, shape, active, verify_tls: verifyTls } = hook;
  // In the order in which the form holds them, so that a change and its way back leave no trace.
  const ordered = hookTopics.filter((topic) => hook.topics.includes(topic));
  return { url, shape, topics: ordered, secret: '', removesSecret: false, active, verifyTls };
}

/** A new hook, as it is sent. */
export function requestOf({ url, shape, topics, secret, active, verifyTls }: HookDraft, project: string): HookRequest {
  const about = { project, url: url.trim(), shape, topics: [...topics], active, verify_tls: verifyTls };
  return secret === '' ? about : { ...about, secret };
}

/** What to send of a change: only what the reader changed, so that the rest stays as others have left it. */
export function changeOf(draft: HookDraft, begun: HookDraft): HookUpdate {
  const { topics, secret, removesSecret, active, verifyTls } = draft;
  const url = draft.url.trim();
  return {
    ...(url === begun.url ? {} : { url }),
    ...(topics.join() === begun.topics.join() ? {} : { topics: [...topics] }),
    ...(active === begun.active ? {} : { active }),
    ...(verifyTls === begun.verifyTls ? {} : { verify_tls: verifyTls }),
    ...(secret === '' ? {} : { secret }),
    ...(removesSecret ? { secret: null } : {}),
  };
}
