import { describe, expect, test } from 'vitest';
import { compareEnvironments, guessTier, type Tier } from './tiers.ts';

/** GitLab's rule, and the names that surprise: "delivery" is production, "uat" is other. */
const vectors: Readonly<Record<Tier, readonly string[]>> = {
  production: ['production', 'prod', 'PRD', 'gprd', 'live', 'delivery', 'olive'],
  staging: ['staging', 'stg', 'preprod', 'pre-prod', 'non-prod', 'demo', 'model'],
  testing: ['qa', 'test', 'Integration', 'acceptance', 'prod-int', 'prod-test', 'printer', 'internal'],
  development: ['dev', 'review/foo', 'trunk', 'production-dev'],
  other: ['uat', 'canary', 'main', 'dr', 'sandbox', 'us-east'],
};

describe('the tier of an environment', () => {
  test.each(Object.entries(vectors))('is %s', (tier, names) => {
    expect(names.map((name) => [name, guessTier(name)])).toEqual(names.map((name) => [name, tier]));
  });

  test('orders environments as a change travels, those of one tier by name', () => {
    const names = ['uat', 'live', 'prod', 'stg', 'qa', 'canary', 'dev'];
    const sorted = names.map((name) => ({ name, tier: guessTier(name) })).sort(compareEnvironments);
    expect(sorted.map(({ name }) => name)).toEqual(['dev', 'qa', 'stg', 'live', 'prod', 'canary', 'uat']);
  });
});
