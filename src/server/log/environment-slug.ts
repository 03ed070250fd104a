import { createHash } from 'node:crypto';

const longest = 24;

/**
 * The slug of an environment: its name made safe for host names, at most 24 characters, different for different names.
 * Source: GitLab's documented rule (Gitlab::Slug::Environment).
 */
export function environmentSlug(name: string): string {
  const lower = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '-');
  const slug = (/^[a-z]/.test(lower) ? lower : `env-${lower}`).replaceAll(/-{2,}/g, '-');
  if (slug.length <= longest && slug === name) return slug.replace(/-$/, '');
  return shorten(slug, name);
}

function shorten(slug: string, name: string): string {
  const start = slug.slice(0, 17);
  const hash = BigInt(`0x${createHash('sha256').update(name).digest('hex')}`)
    .toString(36)
    .slice(-6);
  return `${start}${start.endsWith('-') ? '' : '-'}${hash}`;
}
