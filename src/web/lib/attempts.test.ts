import { describe, expect, test } from 'vitest';
import type { DeploymentEvent } from '../../contract/deployment-event.ts';
import { groupAttempts, rollbackTarget } from './attempts.ts';

let position = 0;
function event(
  deployment_id: string,
  status: string,
  second: number,
  more: Partial<DeploymentEvent> = {},
): DeploymentEvent {
  position += 1;
  const happened_at = new Date(second * 1000).toISOString();
  const place = { service: 's', environment: 'e', deployment_number: 1 };
  return { id: `e${position}`, position, deployment_id, ...place, status, happened_at, ...more };
}

describe('grouping events into attempts', () => {
  test('one deployment is one attempt, however its events are ordered, from its first event to its last', () => {
    const [attempt, ...others] = groupAttempts([
      event('d', 'success', 192),
      event('d', 'queued', 0),
      event('d', 'in-progress', 60),
    ]);
    expect(others).toEqual([]);
    expect(attempt?.events.map(({ status }) => status)).toEqual(['queued', 'in-progress', 'success']);
    expect(attempt?.durationMs).toBe(192_000);
  });

  test('running again under the same id after the end is another attempt', () => {
    const attempts = groupAttempts([
      event('d', 'in-progress', 0),
      event('d', 'failure', 10),
      event('d', 'in-progress', 100),
      event('d', 'success', 130),
    ]);
    expect(attempts.map(({ head, durationMs }) => [head.status, durationMs])).toEqual([
      ['success', 30_000],
      ['failure', 10_000],
    ]);
  });

  test('a repeated event counts once, and bookkeeping does not change how it stands', () => {
    const [attempt] = groupAttempts([event('d', 'success', 5), event('d', 'success', 5), event('d', 'inactive', 900)]);
    expect(attempt?.head.status).toBe('success');
    expect(attempt?.events.length).toBe(2);
  });

  test('another version under the same id is another attempt', () => {
    const attempts = groupAttempts([
      event('prod', 'success', 0, { version: '1' }),
      event('prod', 'success', 86_400, { version: '2' }),
    ]);
    expect(attempts.map(({ facts, durationMs }) => [facts.version, durationMs])).toEqual([
      ['2', undefined],
      ['1', undefined],
    ]);
  });

  test('what is told late of the same second does not undo the end', () => {
    const [attempt, ...others] = groupAttempts([event('d', 'success', 5), event('d', 'in-progress', 5)]);
    expect(others).toEqual([]);
    expect(attempt?.head.status).toBe('success');
  });

  test('one id in two environments is two attempts', () => {
    expect(groupAttempts([event('d', 'success', 1), event('d', 'success', 2, { environment: 'other' })]).length).toBe(
      2,
    );
  });
});

describe('what to roll back to', () => {
  const target = (events: readonly DeploymentEvent[]) => rollbackTarget(groupAttempts(events))?.facts.version;

  test('is the newest earlier success of another version', () => {
    expect(
      target([
        event('1', 'success', 1, { version: '1' }),
        event('2', 'success', 2, { version: '2' }),
        event('3', 'failure', 3, { version: '3' }),
        event('4', 'success', 4, { version: '4' }),
        event('5', 'success', 5, { version: '4' }),
      ]),
    ).toBe('2');
  });

  test('passes over what a rollback took out, and comes back to it after a roll-forward', () => {
    const versions = (...list: string[]) =>
      target(list.map((version, index) => event(`d${index}`, 'success', index, { version })));
    expect(versions('1.0.0', '1.1.0', '1.2.0', '1.1.0')).toBe('1.0.0');
    expect(versions('1.1.0', '1.2.0', '1.1.0')).toBe(undefined);
    expect(versions('1.1.0', '1.2.0', '1.1.0', '1.2.0')).toBe('1.1.0');
  });

  test('passes over news that changed nothing', () => {
    const events = [event('1', 'success', 1, { version: '1' }), event('2', 'failure', 2, { version: '2' })];
    expect(target([...events, event('3', 'waiting', 3, { version: '3' })])).toBe('1');
  });
});
