import type { Environment } from '../../features/environments/environment-types.ts';

/** An environment, as lists and every answer show it. */
export function environmentView(environment: Environment) {
  const { id, name, slug, state, tier, description, clusterAgentId } = environment;
  return {
    id,
    name,
    slug,
    external_url: environment.externalUrl,
    created_at: timeText(environment.createdAt),
    updated_at: timeText(environment.updatedAt),
    tier,
    state,
    description,
    description_html: description === null ? '' : `<p>${escaped(description)}</p>`,
    auto_stop_at: environment.autoStopAt === null ? null : timeText(environment.autoStopAt),
    auto_stop_setting: environment.autoStopSetting,
    cluster_agent: clusterAgentId === null ? null : { id: clusterAgentId },
    kubernetes_namespace: environment.kubernetesNamespace,
    flux_resource_path: environment.fluxResourcePath,
    enable_advanced_logs_querying: false,
    logs_api_path: null,
  };
}

/** An environment in the list of what will be deleted. */
export function scheduledView({ id, name, slug, externalUrl }: Environment) {
  return { id, name, slug, external_url: externalUrl };
}

function timeText(ms: number): string {
  return new Date(ms).toISOString();
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
