import { type HookTopic, hookTopics } from '../../../contract/hooks.ts';
import type { HookChange } from '../../features/webhooks/hook-editor.ts';
import type { Hook } from '../../features/webhooks/webhook-types.ts';

/** The events that are sent, and what is told by each. */
const topicsOfEvent: Readonly<Record<string, readonly HookTopic[]>> = {
  deployment: ['deployment'],
  deployment_status: ['deployment'],
  // A review is asked for when a deployment begins to wait.
  deployment_review: ['deployment', 'approval'],
};

/** What a hook of these events asks for. All are kept, so that clients read back what they wrote; those that are sent are told. */
export function eventsChange(names: readonly string[]): Pick<HookChange, 'topics' | 'triggers'> {
  const asked = names.flatMap((name) => (name === '*' ? hookTopics : (topicsOfEvent[name] ?? [])));
  return { topics: [...new Set(asked)], triggers: [...new Set(names)] };
}

/** Those that it was made with; of one that another dialect made or changed, all that its topics are told by. */
export function eventsOf({ settings: { topics, triggers } }: Hook): readonly string[] {
  if (triggers !== null) return triggers;
  const told = Object.entries(topicsOfEvent).filter(([, of]) => of.some((topic) => topics.includes(topic)));
  return told.map(([name]) => name);
}
