import type { CommitList } from '../../../contract/changes.ts';
import { countText } from '../../lib/count-text.ts';
import { shortSha } from '../../lib/short-version.ts';
import { Disclosure } from '../../ui/disclosure.tsx';

/** How many commits are new with a deployment, and which, once asked for. */
export function DeploymentCommits({ commits: { count, items } }: { commits: CommitList }) {
  if (count === 0) return null;
  return (
    <div className="min-w-0">
      <Disclosure head={countText(count, 'commit')}>
        <ul>
          {items.map(({ sha, subject, author }) => (
            <li key={sha} className="flex min-w-0 items-baseline gap-2 py-0.5 pl-[19px]">
              <span className="shrink-0 font-mono text-xs text-muted" data-tip={sha}>
                {shortSha(sha)}
              </span>
              <span className="min-w-0 truncate">{subject}</span>
              <span className="ml-auto max-w-32 shrink-0 truncate text-muted">{author}</span>
            </li>
          ))}
        </ul>
        {items.length < count ? (
          <p className="pl-[19px] text-muted">{(count - items.length).toLocaleString()} more are not shown.</p>
        ) : null}
      </Disclosure>
    </div>
  );
}
