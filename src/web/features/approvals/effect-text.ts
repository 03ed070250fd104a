import type { InboxItem } from '../../../contract/approvals.ts';
import { countText } from '../../lib/count-text.ts';
import { shortVersion } from '../../lib/short-version.ts';

type Judged = Pick<InboxItem, 'deployment' | 'replaces' | 'brings' | 'takes_out'>;

/** Whether it would put back what is older than what runs. */
export function isOlder({ brings, takes_out }: Judged): boolean {
  return brings?.commits === 0 && takes_out !== null && takes_out.commits > 0;
}

/** What a deployment would do to its environment: `Ships 3 changes, replaces 6.31.0`. */
export function effectText(item: Judged): string {
  const { deployment, replaces, brings, takes_out: takesOut } = item;
  if (!replaces) return `Would be the first in ${deployment.environment}`;
  const { version, sha, ref } = replaces;
  const now = shortVersion({ version: version ?? undefined, sha: sha ?? undefined, ref: ref ?? undefined });
  if (!brings || !takesOut) return `Replaces ${now}`;
  if (isOlder(item)) return `Takes out ${amountText(takesOut)}: older than ${now}, which runs there`;
  if (brings.commits === 0) return `Ships nothing new: ${now}, which runs there, has the same commits`;
  const lost = takesOut.commits > 0 ? `, takes out ${amountText(takesOut)}` : '';
  return `Ships ${amountText(brings)}${lost}, replaces ${now}`;
}

/** In commits, where no change is known to be among them. */
function amountText({ commits, changes }: { commits: number; changes: number }): string {
  return changes > 0 ? countText(changes, 'change') : countText(commits, 'commit');
}
