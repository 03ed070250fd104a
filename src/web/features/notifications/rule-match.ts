import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { globMatcher, isGlob } from '../../lib/glob.ts';
import { projectName } from '../../lib/project-name.ts';
import type { NotificationRule } from './rules-store.ts';

/** Whether an event happened where a rule looks; of what kind it is, is another question. */
export function isPlace(rule: NotificationRule, event: DeploymentEvent): boolean {
  return isProject(rule.project.trim(), event) && isEnvironment(rule.environment.trim(), event.environment);
}

function isProject(wanted: string, event: DeploymentEvent): boolean {
  if (isGlob(wanted)) return globMatcher(wanted)(event);
  return projectName(event).toLowerCase().includes(wanted.toLowerCase());
}

function isEnvironment(wanted: string, environment: string): boolean {
  return wanted === '' || globMatcher(wanted)({ service: environment });
}
