import { limits } from '../../../contract/limits.ts';
import type { NewRequest } from '../../features/deployments/request-types.ts';
import { environmentName, longestName } from './environment-name.ts';
import { boolean, fields, json, list, text, unfit } from './fields.ts';
import type { GitHubCall } from './route.ts';

const largestPayload = 64 * 1024;
const deepestPayload = 100;
const mostContexts = 100;

const task = (value: unknown, field: string): string => {
  const result = text({ maxLength: longestName }).read(value, field) ?? '';
  if (result.trim() === '') throw unfit(field, 'cannot be blank');
  return result;
};

const environment = (value: unknown, field: string): string => {
  const result = environmentName.read(value, field);
  if (result === undefined) throw unfit(field, 'cannot be blank');
  return result;
};

const payload = (value: unknown, field: string): unknown => {
  const isKnown = typeof value === 'string' || (typeof value === 'object' && !Array.isArray(value));
  if (!isKnown) throw unfit(field, 'is not an object or a string.');
  if (isDeeper(value, deepestPayload)) throw unfit(field, `is nested too deeply (maximum is ${deepestPayload} levels)`);
  if (hasInfinity(value)) throw unfit(field, 'has a number that is too large.');
  if (Buffer.byteLength(JSON.stringify(value)) > largestPayload) throw unfit(field, 'is too long (maximum is 64 KiB)');
  return value;
};

/** `sha` is not documented, and deployment actions send it. Whether to merge makes no difference without a repository. */
const declared = {
  ref: text({ required: true, maxLength: longestName }),
  sha: text({ maxLength: limits.sha }),
  task: json(task, { fallback: 'deploy' }),
  auto_merge: boolean(),
  required_contexts: list(text({ required: true, maxLength: longestName }), { maxItems: mostContexts }),
  payload: json(payload, { fallback: {} }),
  environment: json(environment, { fallback: 'production' }),
  description: text({ maxLength: limits.description }),
  transient_environment: boolean({ fallback: false }),
  production_environment: boolean(),
} as const;

/** Reads the body that asks for a deployment. Throws one 422 that tells of all that is wrong. */
export function readDeployment({ body }: Pick<GitHubCall, 'body'>): NewRequest {
  const read = fields(body, 'Deployment', declared);
  const { ref, sha = '', environment, task, description } = read;
  return {
    environment,
    ref,
    sha: sha === '' ? shaOf(ref) : sha,
    description: description ?? null,
    task,
    payload: read.payload,
    transient: read.transient_environment,
    production: read.production_environment ?? environment.toLowerCase() === 'production',
    requiredContexts: read.required_contexts,
  };
}

/** What is nested without end could be read, and neither written nor shown again. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1));
}

/** JSON knows no such number: what is read from `1e400` would be written as `null`. */
function hasInfinity(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasInfinity);
}

/** A ref may be a commit itself. */
function shaOf(ref: string): string | null {
  return /^[\da-f]{40}$/i.test(ref) ? ref : null;
}
