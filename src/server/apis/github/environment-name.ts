import type { EnvironmentService } from '../../features/environments/environment-service.ts';
import type { Project } from '../../features/projects/project-types.ts';
import { type Field, text, unfit } from './fields.ts';
import type { GitHubCall } from './route.ts';

export const longestName = 255;

/** What environments are called here that GitHub's API names in whatever case. */
export type EnvironmentSpellings = Pick<EnvironmentService, 'spelled'>;

/** The name of the environment in a path, as it is spelled here. */
export function environmentNameOf(
  environments: EnvironmentSpellings,
  project: Project,
  { params }: Pick<GitHubCall, 'params'>,
): Promise<string> {
  return environments.spelled(project, (params['environment_name'] ?? '').trim());
}

/** Characters that are not seen: a name with one of them would look like another. */
const unseen = /[\p{Cc}\p{Cf}]/u;
const given = text({ maxLength: longestName });

/** The name of an environment in a body, or of one that may be made, without blanks around it; undefined where there is none, or nothing but blanks. */
export const environmentName: Field<string | undefined> = {
  read(value, name) {
    const trimmed = given.read(value, name)?.trim();
    if (trimmed !== undefined && unseen.test(trimmed)) throw unfit(name, 'has control characters.');
    return trimmed === '' ? undefined : trimmed;
  },
};
