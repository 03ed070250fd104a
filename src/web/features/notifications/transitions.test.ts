import { expect, test } from 'vitest';
import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { isTransition, Transitions } from './transitions.ts';

const told = (position: number, status: string, minute: number): DeploymentEvent => ({
  id: String(position),
  position,
  deployment_id: 'run',
  deployment_number: 1,
  service: 'checkout',
  environment: 'production',
  status,
  happened_at: new Date(minute * 60_000).toISOString(),
});

test('the first that is heard of a deployment may be a repeat; what comes after is told apart', () => {
  const transitions = new Transitions();
  const now = 10 * 60_000;
  expect(transitions.take(told(5, 'failure', 9), now)).toBe('unsure');
  expect(transitions.take(told(6, 'failure', 9), now)).toBe('no');
  expect(transitions.take(told(7, 'success', 10), now)).toBe('yes');
});

test('what was told before decides whether the first is a transition', () => {
  const failure = told(5, 'failure', 9);
  expect(isTransition(failure, [failure])).toBe(true);
  expect(isTransition(failure, [told(2, 'in-progress', 8), failure])).toBe(true);
  expect(isTransition(failure, [told(2, 'failure', 8), failure, told(6, 'success', 10)])).toBe(false);
  expect(isTransition(failure, [told(2, 'success', 10), failure])).toBe(false);
});
