import { type DemoEnvironment, type DemoService, isProduction } from './catalogue.ts';
import type { Random } from './random.ts';
import { minuteMs } from './working-hours.ts';

/** Why an attempt is made. */
export type Reason = 'first' | 'release' | 'fix' | 'retry' | 'rollback';

/** Its place, from when on it is made, and why. */
interface Plan {
  readonly at: number;
  readonly environment: DemoEnvironment;
  readonly reason: Reason;
}

export interface Step {
  readonly status: string;
  readonly at: number;
}

const failureShare: Readonly<Record<DemoEnvironment, number>> = {
  dev: 0.075,
  qa: 0.06,
  staging: 0.05,
  production: 0.04,
  'production-eu': 0.03,
};

/** The statuses an attempt goes through, with their moments. */
export function lifeOf({ at: start, environment, reason }: Plan, service: DemoService, random: Random): Step[] {
  const steps: Step[] = [];
  let at = start + random.integer(0, 59_999);
  const step = (status: string, passMs: number) => {
    steps.push({ status, at });
    at += passMs;
  };
  if (environment === 'production' && reason === 'release') {
    step('waiting', random.integer(2, 95) * minuteMs);
    if (random.chance(0.04)) return [...steps, { status: 'rejected', at }];
    if (random.chance(0.02)) return [...steps, { status: 'cancelled', at }];
  } else if (random.chance(0.08)) {
    step('pending', random.integer(5, 60) * 1000);
  } else if (random.chance(0.2)) {
    step('queued', random.integer(3, 150) * 1000);
  }
  const seconds = service.secondsToDeploy * (0.7 + random.next() * 0.7) * (isProduction(environment) ? 1.8 : 1);
  step('in-progress', Math.round(seconds * 1000));
  if (reason === 'release' && random.chance(0.02))
    return [...steps, { status: 'cancelled', at: at - Math.round(seconds * 400) }];
  const fails =
    reason !== 'first' &&
    random.chance(failureShare[environment] * service.fragility * (reason === 'rollback' ? 0.3 : 1));
  return [...steps, { status: fails ? 'failure' : 'success', at }];
}
