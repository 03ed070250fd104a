import type { Delivery, Hook } from '../../features/webhooks/webhook-types.ts';
import type { LinkedProject } from './deployment-view.ts';
import { eventsOf } from './hook-events.ts';
import { repositoryUrl } from './repository.ts';
import { timeText } from './time-text.ts';

/** What stands for a secret: nobody reads one back. Written again, it leaves the secret as it is. */
export const maskedSecret = '********';

/** The path under which the API serves a hook. */
export function hookUrl(project: LinkedProject, id: number, apiUrl: string): string {
  return `${repositoryUrl(project, apiUrl)}/hooks/${id}`;
}

/** GitHub's hook of a repository, with how its newest delivery went. */
export function hookView(hook: Hook, project: LinkedProject, last: Delivery | undefined, apiUrl: string) {
  const { id, settings, createdAt, updatedAt } = hook;
  const url = hookUrl(project, id, apiUrl);
  return {
    type: 'Repository',
    id,
    name: 'web',
    active: settings.active,
    events: eventsOf(hook),
    config: configView(hook),
    updated_at: timeText(updatedAt),
    created_at: timeText(createdAt),
    url,
    test_url: `${url}/tests`,
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
    last_response: responseOf(last),
  };
}

export function configView({ url, sealedSecret, settings }: Hook) {
  return {
    content_type: settings.kept['content_type'] === 'form' ? 'form' : 'json',
    insecure_ssl: settings.verifyTls ? '0' : '1',
    url,
    ...(sealedSecret === null ? {} : { secret: maskedSecret }),
  };
}

function responseOf(last: Delivery | undefined) {
  if (!last?.last) return { code: null, status: 'unused', message: null };
  const { answer, error } = last.last;
  const status = error === undefined ? 'active' : answer ? 'misconfigured' : 'timeout';
  return { code: answer?.status ?? null, status, message: error ?? 'OK' };
}
