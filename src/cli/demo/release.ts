import type { DeploymentReport } from '../../contract/deployment-event.ts';
import type { DemoEnvironment, DemoService } from './catalogue.ts';
import type { Random } from './random.ts';
import { type RunIdentity, runIdentity } from './run-identity.ts';

/** One version of a service, made once and promoted from environment to environment. */
export interface Release {
  readonly order: number;
  readonly version: string;
  readonly ref: string;
  readonly sha: string;
  readonly actor: string;
}

/** One attempt to put a release somewhere. */
export interface Attempt {
  readonly service: DemoService;
  readonly environment: DemoEnvironment;
  readonly release: Release;
  readonly run: RunIdentity;
  readonly actor: string;
  readonly parents: readonly string[];
}

/** Makes the releases and runs of one service, each with the next number. */
export class ReleaseLine {
  readonly service: DemoService;
  readonly #random: Random;
  #order = 0;
  #runs: number;
  #version: readonly [number, number, number];

  constructor(service: DemoService, random: Random) {
    this.service = service;
    this.#random = random;
    this.#runs = random.integer(20, 4000);
    this.#version = [random.integer(0, 6), random.integer(0, 40), random.integer(0, 9)];
  }

  next(kind: 'usual' | 'fix' = 'usual'): Release {
    const random = this.#random;
    this.#version = bump(this.#version, kind === 'fix' ? 1 : random.next());
    this.#order += 1;
    const version = this.#version.join('.');
    const sha = random.hex(40);
    const bot = random.chance(0.3) ? 'dependency-bot' : 'deploy-bot';
    return {
      order: this.#order,
      version,
      ref:
        kind === 'fix'
          ? `hotfix/${version}`
          : random.chance(0.8)
            ? 'main'
            : `release/${this.#version.slice(0, 2).join('.')}`,
      sha,
      actor: random.chance(0.35) ? bot : random.pick(this.service.actors),
    };
  }

  attempt(environment: DemoEnvironment, release: Release, parents: readonly string[], actor = release.actor): Attempt {
    this.#runs += 1;
    const run = runIdentity(this.service, this.#runs, this.#random);
    return { service: this.service, environment, release, run, actor, parents };
  }
}

export function reportOf(attempt: Attempt, status: string, at: number): DeploymentReport {
  const { service, environment, release, run, actor, parents } = attempt;
  return {
    ...run,
    namespace: service.namespace,
    service: service.name,
    environment,
    status,
    happened_at: new Date(at).toISOString(),
    version: release.version,
    ref: release.ref,
    sha: release.sha,
    actor,
    ...(parents.length > 0 ? { parent_deployments: [...parents] } : {}),
  };
}

function bump(
  [major, minor, patch]: readonly [number, number, number],
  chance: number,
): readonly [number, number, number] {
  if (chance < 0.012) return [major + 1, 0, 0];
  return chance < 0.4 ? [major, minor + 1, 0] : [major, minor, patch + 1];
}
