import { expect, test } from 'vitest';
import { environmentSlug } from './environment-slug.ts';

test.each([
  ['production', 'production'],
  ['PRODUCTION', 'production-vl4voz'],
  ['review/fix-foo', 'review-fix-foo-v25cyx'],
  ['1-foo', 'env-1-foo-1k46wz'],
  ['1/foo', 'env-1-foo-t4rmb4'],
  ['foo-', 'foo'],
  ['foo--bar', 'foo-bar-q006cp'],
  ['production/aws', 'production-aws-snagf5'],
  ['my_env', 'my-env-d5a4g3'],
  ['QA', 'qa-1x6wbl'],
  ['staging-1234567890123456', 'staging-1234567890123456'],
  ['staging-12345678901234567', 'staging-123456789-s729ne'],
  ['prod us east', 'prod-us-east-psyb4r'],
])('the slug of %j is %s, as GitLab makes it', (name, slug) => {
  expect(environmentSlug(name)).toBe(slug);
});
