import type { CommitList } from '../../../contract/changes.ts';
import { shortSha } from '../../lib/short-version.ts';
import { CopyIconButton } from '../../ui/copy-button.tsx';
import { sectionTitle } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';

/** The commits of a change, newest first. */
export function CommitTable({ commits: { count, items } }: { commits: CommitList }) {
  if (count === 0) return null;
  return (
    <section aria-labelledby="change-commits" className="pb-10">
      <h2 id="change-commits" className={`pb-1.5 ${sectionTitle}`}>
        Commits <span className="pl-1 font-normal text-muted">{count.toLocaleString()}</span>
      </h2>
      <ul className="border-t">
        {items.map(({ sha, subject, author, committed_at: at }) => (
          <li key={sha} className="flex items-center gap-3 border-b py-1">
            <span className="min-w-0 flex-1 truncate" data-tip={subject}>
              {subject}
            </span>
            <span className="max-w-32 truncate text-sm text-soft max-md:hidden">{author}</span>
            <RelativeTime at={at} className="text-sm text-muted" />
            <span className="inline-flex items-center gap-1 font-mono text-sm">
              {shortSha(sha)}
              <CopyIconButton text={sha} what="sha" />
            </span>
          </li>
        ))}
      </ul>
      {count > items.length ? (
        <p className="pt-2 text-sm text-muted">The newest {items.length.toLocaleString()} are shown.</p>
      ) : null}
    </section>
  );
}
