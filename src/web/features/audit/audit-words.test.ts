import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../../contract/audit.ts';
import { actionText, detailsOf } from './audit-words.ts';

function entry(action: string, details: AuditEntry['details']): AuditEntry {
  const place = { project: null, project_id: null, group: null, group_id: null };
  return { id: 1, at: '2026-03-01T00:00:00Z', author: { user_id: 1, name: 'Mia' }, ...place, action, details };
}

describe('an entry of the audit log', () => {
  test('says what was done, and with what that sentence leaves out', () => {
    const protectedProduction = entry('environment_protected', {
      environment: 'production',
      deployers: 'access level 40, group acme/board, user dana',
      approval_rules: '',
      required_approval_count: 2,
    });
    expect(actionText(protectedProduction)).toBe('protected production');
    expect(detailsOf(protectedProduction)).toEqual([
      ['May deploy', 'maintainers, group acme/board, user dana'],
      ['Approvals needed', '2'],
    ]);
  });

  test('names who became what, and says when that ends', () => {
    const joined = entry('member_added', { user: 'dana', level: 'developer', expires_at: 'never' });
    expect(actionText(joined)).toBe('added dana as developer');
    expect(detailsOf(joined)).toEqual([['Ends', 'never']]);
  });

  test('says of a deployment that nobody approved what was told, and by no number of its own', () => {
    const told = entry('deployment_unapproved', { deployment_id: 153, status: 'success', position: 302 });
    expect(actionText(told)).toBe('told of deployment 153 without the approvals it needs');
    expect(detailsOf(told)).toEqual([['Status', 'success']]);
  });

  test('names forges and moments as people do', () => {
    const secret = entry('incoming_secret_created', { source: 'gitlab' });
    expect(actionText(secret)).toBe('made a secret for incoming webhooks of GitLab');
    const joined = entry('member_added', { user: 'dana', level: 'developer', expires_at: '2026-11-24T15:07:21.544Z' });
    const [[, ends] = []] = detailsOf(joined);
    expect(ends).toMatch(/Nov.*2026/);
    expect(ends).not.toContain('T15');
  });

  test('says what of an environment was changed, where that is its tier', () => {
    const moved = { environment: 'eu', tier_before: 'production', tier: 'other' };
    expect(actionText(entry('environment_updated', moved))).toBe('moved eu from tier production to other');
    expect(actionText(entry('environment_updated', { environment: 'eu' }))).toBe('changed the settings of eu');
  });

  test('keeps its own words where its action is not known', () => {
    const unknown = entry('moon_landed', { environment: 'moon', any_rule: true, comment: null });
    expect(actionText(unknown)).toBe('moon landed');
    expect(detailsOf(unknown)).toEqual([
      ['Environment', 'moon'],
      ['Any rule suffices', 'yes'],
    ]);
  });
});
