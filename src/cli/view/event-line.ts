import type { DeploymentEvent } from '../../contract/deployment-event.ts';
import { utcText } from './age.ts';
import { printable } from './paint.ts';
import { statusLook } from './status-look.ts';
import { type Cell, cell } from './table.ts';

export const eventTitles = [
  'WHEN (UTC)',
  'STATUS',
  'SERVICE',
  'ENVIRONMENT',
  'VERSION',
  'ACTOR',
  'DEPLOYMENT',
] as const;

/** Widths that fit what is usual, for lines that are printed as they come and cannot wait for each other. */
export const liveWidths = [19, 13, 28, 14, 14, 16, 0] as const;

export function eventCells(event: DeploymentEvent): Cell[] {
  const look = statusLook(event.status);
  return [
    cell(utcText(event.happened_at), 'grey'),
    cell(`${look.icon} ${look.word}`, look.tone),
    cell(serviceName(event)),
    cell(printable(event.environment)),
    cell(versionText(event), 'bold'),
    cell(event.actor ? printable(event.actor) : ''),
    cell(printable(event.deployment_id), 'grey'),
  ];
}

export function serviceName({ namespace, service }: { readonly namespace?: string; readonly service: string }): string {
  return printable(namespace ? `${namespace}/${service}` : service);
}

/** What to call what was deployed: its version, else the commit, the ref or the run. */
export function versionText({ version, sha, ref, run_number: run }: DeploymentEvent): string {
  return printable(version ?? sha?.slice(0, 8) ?? ref ?? (run === undefined ? '–' : `#${run}`));
}
