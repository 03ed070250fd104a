import { describe, expect, test } from 'vitest';
import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import type { Matrix, MatrixSlot } from '../../../contract/matrix.ts';
import { groupAttempts } from '../../lib/attempts.ts';
import { concernsOf } from './concerns.ts';

let made = 0;
function event(environment: string, status: string, minute: number, version = '1.0.0'): DeploymentEvent {
  made += 1;
  return {
    id: `event-${made}`,
    position: made,
    deployment_id: `deployment-${made}`,
    deployment_number: made,
    service: 'shop',
    environment,
    status,
    version,
    happened_at: new Date(minute * 60_000).toISOString(),
  };
}

function matrix(slots: Record<string, MatrixSlot>): Matrix {
  const columns = [
    { name: 'review', tier: 'development' },
    { name: 'staging', tier: 'staging' },
    { name: 'production', tier: 'production' },
  ] as const;
  return {
    generated_at: '2026-03-01T00:00:00Z',
    log: 1,
    seen_by: 'all',
    version: 1,
    environments: columns.map(({ name }) => name),
    columns: [...columns],
    rows: [{ service: 'shop', slots }],
  };
}

const kindsOf = (shown: Matrix, now = 0) => concernsOf(shown, [], now).map(({ kind, name }) => `${name} ${kind}`);

describe('what people want to know of a project now', () => {
  test('is nothing where all is well', () => {
    expect(kindsOf(matrix({ production: { current: event('production', 'success', 1) } }))).toEqual([]);
  });

  test('begins with what failed, production first, and ends with what runs', () => {
    const shown = matrix({
      review: { current: event('review', 'failure', 1) },
      staging: { current: event('staging', 'in-progress', 1) },
      production: { current: event('production', 'failure', 1), next: event('production', 'waiting', 2) },
    });
    expect(kindsOf(shown)).toEqual(['production failed', 'review failed', 'production waiting', 'staging running']);
  });

  test('says since when nothing succeeds any more, over several failures, and what was good', () => {
    const good = event('production', 'success', 1, '1.0.0');
    const failures = [event('production', 'failure', 5, '1.1.0'), event('production', 'failure', 9, '1.1.1')];
    const older = event('production', 'failure', 0, '0.9.0');
    const elsewhere = event('staging', 'failure', 2);
    const attempts = groupAttempts([good, ...failures, older, elsewhere]);
    const [, current = good] = failures;
    const shown = matrix({ production: { current, last_successful: good } });
    expect(concernsOf(shown, attempts, 0)).toMatchObject([
      { kind: 'failed', since: new Date(5 * 60_000).toISOString(), failures: 2, good: { version: '1.0.0' } },
    ]);
  });

  test('counts what waits still though something else went past it', () => {
    const held = event('production', 'waiting', 1, '2.0.0');
    const past = event('production', 'success', 2, '1.0.1');
    const shown = matrix({ production: { current: past } });
    expect(concernsOf(shown, groupAttempts([held, past]), 0)).toMatchObject([
      { kind: 'waiting', event: { version: '2.0.0' } },
    ]);
  });

  test('counts once what the slot says waits still, whether or not its history is loaded', () => {
    const held = event('production', 'waiting', 1, '2.0.0');
    const older = event('production', 'waiting', 0, '1.9.0');
    const past = event('production', 'success', 2, '1.0.1');
    const shown = matrix({ production: { current: past, waiting: { newest: held, count: 2 } } });
    const versions = (loaded: readonly DeploymentEvent[]) =>
      concernsOf(shown, groupAttempts(loaded), 0).map((concern) => concern.event.version);
    expect(versions([])).toEqual(['2.0.0']);
    expect(versions([held, older, past])).toEqual(['2.0.0', '1.9.0']);
  });

  test('takes a deployment that runs without news for too long for stuck', () => {
    const slot = { current: event('staging', 'in-progress', 1), stale_at: new Date(10 * 60_000).toISOString() };
    expect(kindsOf(matrix({ staging: slot }), 9 * 60_000)).toEqual(['staging running']);
    expect(kindsOf(matrix({ staging: slot }), 11 * 60_000)).toEqual(['staging stale']);
  });
});
