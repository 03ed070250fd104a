import type { DeploymentReport } from '../../contract/deployment-event.ts';
import { limits } from '../../contract/limits.ts';
import { UsageError } from '../failure.ts';
import type { Environment } from '../terminal.ts';
import { type CiTool, detectCi } from './ci-tools.ts';
import { nativeStatus } from './status-words.ts';

/** What was given on the command line. */
export interface ReportFlags {
  readonly service?: string;
  readonly environment?: string;
  readonly status?: string;
  readonly namespace?: string;
  readonly version?: string;
  readonly deploymentId?: string;
  readonly ref?: string;
  readonly sha?: string;
  readonly runUrl?: string;
  readonly runNumber?: string;
  readonly actor?: string;
  readonly happenedAt?: string;
  readonly parent?: readonly string[];
}

export interface BuiltReport {
  readonly report: DeploymentReport;
  readonly tool: CiTool | undefined;
}

interface Surroundings {
  readonly environment: Environment;
  readonly now: number;
  /** For a report made outside any CI tool that names no deployment. */
  readonly newDeploymentId: () => string;
}

/**
 * A report from flags, then SHIPLOG_* variables, then what the CI tool says. Throws UsageError for what cannot be sent.
 */
export function buildReport(flags: ReportFlags, { environment, now, newDeploymentId }: Surroundings): BuiltReport {
  const tool = detectCi(environment);
  const facts = tool?.facts(environment) ?? {};
  const service = flags.service || environment['SHIPLOG_SERVICE'] || facts.service;
  const target = flags.environment || environment['SHIPLOG_ENVIRONMENT'] || facts.environment;
  if (!service) throw missing('--service', 'what is deployed', 'SHIPLOG_SERVICE');
  if (!target) throw missing('--environment', 'where it is deployed', 'SHIPLOG_ENVIRONMENT');
  if (!flags.status) throw new UsageError('--status is needed: in-progress, success, failure, cancelled ...');

  const report: DeploymentReport = {
    deployment_id: flags.deploymentId || cut(facts.deployment_id, limits.deploymentId) || newDeploymentId(),
    service,
    environment: target,
    status: nativeStatus(flags.status),
    happened_at: moment(flags.happenedAt, now),
    ...given({
      namespace: flags.namespace || environment['SHIPLOG_NAMESPACE'],
      version: flags.version,
      ref: flags.ref || cut(facts.ref, limits.ref),
      sha: flags.sha || cut(facts.sha, limits.sha),
      run_url: flags.runUrl || webLink(facts.run_url),
      actor: flags.actor || cut(facts.actor, limits.actor),
      run_number: flags.runNumber ? runNumber(flags.runNumber) : detectedRunNumber(facts.run_number),
      parent_deployments: flags.parent?.length ? [...new Set(flags.parent)] : undefined,
    }),
  };
  checkLengths(report);
  return { report, tool };
}

function missing(flag: string, what: string, variable: string): UsageError {
  return new UsageError(`${flag} is needed: ${what}. It can also be set as ${variable}.`);
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what is undefined, as the wire knows only fields that are there. */
function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>; // only undefined was dropped
}

function moment(text: string | undefined, now: number): string {
  if (!text) return new Date(now).toISOString();
  const hasOffset = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/.test(text);
  if (!hasOffset || Number.isNaN(Date.parse(text))) {
    throw new UsageError(`--happened-at: expected a moment with an offset such as 2026-11-20T21:47:00Z, not "${text}"`);
  }
  return text;
}

function runNumber(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= limits.runNumber) return number;
  throw new UsageError(`--run-number: expected an integer from 0 to ${limits.runNumber}, not "${text}"`);
}

/** What a tool says about itself is a courtesy: what does not fit is left out, never a reason to fail. */
function detectedRunNumber(text: string | undefined): number | undefined {
  const number = Number(text);
  return text && /^\d+$/.test(text) && number <= limits.runNumber ? number : undefined;
}

function webLink(text: string | undefined): string | undefined {
  const fits = text && text.length <= limits.runUrl && URL.canParse(text) && /^https?:/.test(text);
  return fits ? text : undefined;
}

/** By whole characters, as the server counts them: it refuses half a surrogate pair. */
function cut(text: string | undefined, length: number): string | undefined {
  return [...(text ?? '')].slice(0, length).join('') || undefined;
}

function checkLengths(report: DeploymentReport): void {
  const bounds = [
    ['--deployment-id', report.deployment_id, limits.deploymentId],
    ['--service', report.service, limits.service],
    ['--environment', report.environment, limits.environment],
    ['--namespace', report.namespace, limits.namespace],
    ['--version', report.version, limits.version],
    ['--ref', report.ref, limits.ref],
    ['--sha', report.sha, limits.sha],
    ['--run-url', report.run_url, limits.runUrl],
    ['--actor', report.actor, limits.actor],
  ] as const;
  for (const [flag, text, limit] of bounds) {
    const length = [...(text ?? '')].length;
    if (length > limit) throw new UsageError(`${flag}: at most ${limit} characters, not ${length}`);
  }
}
