import { describe, expect, test } from 'vitest';
import type { ApprovalDecision, ApprovalState } from '../../../contract/approvals.ts';
import { outcomeText, standingText } from './decision-text.ts';

const approval: ApprovalDecision = {
  username: 'ada',
  name: 'Ada',
  decision: 'approve',
  rule: null,
  comment: null,
  decided_at: '2026-11-20T22:00:00Z',
};

function stateOf(status: string, state: ApprovalState['state'], more: Partial<ApprovalState> = {}): ApprovalState {
  const deployment = {
    id: 'e1',
    position: 1,
    deployment_id: 'd1',
    deployment_number: 1,
    service: 'cart',
    environment: 'production',
    version: '2.0.0',
    status,
    happened_at: '2026-11-20T21:00:00Z',
  };
  const needs = { required: 2, pending: 0, rules: [], decisions: [], may_approve: false, may_reject: false };
  return { deployment, requested_by: 'dana', state, ...needs, ...more };
}

describe('how a deployment stands with its approvals', () => {
  test.each([
    ['it waits for some', stateOf('waiting', 'pending', { pending: 2 }), 'Waits for 2 approvals'],
    ['it waits for one', stateOf('waiting', 'pending', { pending: 1 }), 'Waits for 1 approval'],
    ['it has all, while frozen', stateOf('waiting', 'approved'), 'Approved, waits for the end of a freeze'],
    ['it went on', stateOf('in-progress', 'approved'), 'Approved'],
    ['it was rejected', stateOf('failure', 'rejected'), 'Rejected'],
    ['it went with too few', stateOf('success', 'pending', { decisions: [approval] }), '1 approval missing'],
    ['none are needed any more', stateOf('success', 'not-needed', { decisions: [approval] }), 'None needed'],
  ])('%s', (_, state, text) => {
    expect(standingText(state)).toBe(text);
  });

  test('by rules, only what each of them lacks is missing', () => {
    const rules = [
      { name: 'board', kind: 'group', required: 1, pending: 0 },
      { name: 'Ada', kind: 'user', required: 1, pending: 1 },
    ] as const;
    const state = stateOf('success', 'pending', { rules: [...rules], decisions: [approval, approval] });
    expect(standingText(state)).toBe('1 approval missing');
  });
});

describe('what a decision led to', () => {
  test.each([
    ['reject', stateOf('failure', 'rejected'), 'You rejected cart 2.0.0 in production. It will not be deployed.'],
    [
      'approve',
      stateOf('waiting', 'pending', { pending: 1 }),
      'You approved cart 2.0.0 in production. It waits for 1 more approval.',
    ],
    [
      'approve',
      stateOf('waiting', 'approved'),
      'You approved cart 2.0.0 in production. It goes when the freeze of its project ends.',
    ],
    ['approve', stateOf('in-progress', 'approved'), 'You approved cart 2.0.0 in production. It may go now.'],
  ] as const)('%s', (decision, state, text) => {
    expect(outcomeText(decision, state)).toBe(text);
  });
});
