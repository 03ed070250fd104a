import type { EnvironmentUpdate, ProjectEnvironment } from '../../../contract/environments.ts';
import type { Environment, EnvironmentChange } from '../../features/environments/environment-types.ts';
import { timeText } from './event-view.ts';

export function environmentView(environment: Environment, isProtected: boolean): ProjectEnvironment {
  const { id, name, tier, state, externalUrl, description, autoStopAt, createdAt, updatedAt } = environment;
  return {
    id,
    name,
    tier,
    state,
    external_url: externalUrl,
    description,
    protected: isProtected,
    auto_stop_at: autoStopAt === null ? null : timeText(autoStopAt),
    created_at: timeText(createdAt),
    updated_at: timeText(updatedAt),
  };
}

/** Empty texts clear as null does. */
export function changeOf({ tier, external_url: url, description }: EnvironmentUpdate): EnvironmentChange {
  return { tier, externalUrl: orNull(url), description: orNull(description) };
}

function orNull(text: string | null | undefined): string | null | undefined {
  return text?.trim() === '' ? null : text;
}
