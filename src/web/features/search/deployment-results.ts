import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { hasWords } from '../../../contract/search-words.ts';
import type { Attempt } from '../../lib/attempts.ts';
import { projectName } from '../../lib/project-name.ts';
import { shortVersion } from '../../lib/short-version.ts';
import { statusLook } from '../../ui/status-look.ts';
import { deploymentLink } from './palette-links.ts';
import type { PaletteResult } from './palette-results.ts';

/** One of those that hold the words; where they are in nothing that is shown, with what they are in. */
export function attemptResult({ key, head, facts }: Attempt, words: readonly string[]): PaletteResult {
  const result = resultOf(`attempt ${key}`, head, facts);
  const shown = [result.text, result.note, head.status, statusLook(head.status).word];
  const hidden = words.find((word) => !hasWords([word], shown));
  const reason = hidden === undefined ? undefined : placeOf(hidden, facts, head);
  return reason === undefined ? result : { ...result, note: `${result.note} · ${reason}` };
}

/** The one that was asked for by its number. */
export function numberedResult(deployment: DeploymentEvent): PaletteResult {
  const number = deployment.deployment_number;
  return { ...resultOf(`deployment ${number}`, deployment, deployment), lead: `#${number}` };
}

function resultOf(key: string, head: DeploymentEvent, facts: Attempt['facts']): PaletteResult {
  return {
    key,
    group: 'Deployments',
    text: `${projectName(head)} in ${head.environment}`,
    note: shortVersion(facts),
    status: head.status,
    at: head.happened_at,
    link: deploymentLink(head.deployment_number),
  };
}

function placeOf(word: string, { actor, ref, sha, run_number: run }: Attempt['facts'], head: DeploymentEvent) {
  const places: readonly (readonly [name: string, text: string | number | undefined])[] = [
    ['by', actor],
    ['ref', ref],
    ['commit', sha],
    ['run', run],
    ['id', head.deployment_id],
  ];
  const place = places.find(([, text]) => hasWords([word], [text]));
  return place?.join(' ');
}
