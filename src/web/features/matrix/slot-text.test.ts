import { describe, expect, test } from 'vitest';
import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { sizeColumns } from './grid-geometry.ts';
import type { LaggedSlot } from './lagged-matrix.ts';
import { behindText, longestVersion, slotTip } from './slot-text.ts';

function slot(facts: Partial<DeploymentEvent>, lag?: { commits: number; changes: number }): LaggedSlot {
  const current: DeploymentEvent = {
    id: 'e1',
    position: 1,
    deployment_number: 1,
    deployment_id: 'd',
    service: 'checkout',
    environment: 'production',
    status: 'success',
    happened_at: '2026-03-01T10:00:00.000Z',
    ...facts,
  };
  const place = { project: 'checkout', environment: 'production', before: 'staging' };
  return { current, ...(lag ? { lag: { ...place, ...lag } } : {}) } as LaggedSlot; // what a text is made of
}

describe('how far a slot is behind', () => {
  test('is said in commits and changes and behind what where there is room, then in fewer words', () => {
    const six = slot({}, { commits: 6, changes: 2 });
    expect(behindText(six, 300)).toBe('6 commits · 2 changes behind staging');
    expect(behindText(six, 200)).toBe('6 commits · 2 changes behind');
    expect(behindText(six, 100)).toBe('6 commits behind');
    expect(behindText(six, 60)).toBe('6 behind');
    expect(behindText(six, 10)).toBe('↓6');
  });

  test('says nothing of changes where there are none, and of commits where there are none', () => {
    expect(behindText(slot({}, { commits: 1, changes: 0 }), 300)).toBe('1 commit behind staging');
    expect(behindText(slot({}, { commits: 0, changes: 2 }), 10)).toBe('2 changes');
    expect(behindText(slot({}), 300)).toBeUndefined();
  });
});

test('a very long version widens no column beyond a bound, and the tip has the whole of it', () => {
  const wide = (version: string) => {
    const row = { service: 'checkout', slots: { production: slot({ version }) } };
    const columns = [{ name: 'production', tier: 'production', pinned: false }];
    const matrix = { columns, environments: ['production'], rows: [row] };
    return sizeColumns(columns as never, matrix as never, 0, 7.5)[0]?.width; // what the widths are made of
  };
  expect(wide('v'.repeat(250))).toBe(wide('v'.repeat(longestVersion)));
  expect(wide('v'.repeat(longestVersion))).toBeGreaterThan(wide('v'.repeat(30)) ?? 0);
  expect(slotTip(slot({ version: 'v'.repeat(250) }))).toContain('v'.repeat(250));
  expect(slotTip(slot({ version: '1.0.0' }))).not.toContain('1.0.0');
});
