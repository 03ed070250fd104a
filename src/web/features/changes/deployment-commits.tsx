import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { CommitList } from '../../../contract/changes.ts';
import { shortSha } from '../../lib/short-version.ts';
import { usePrinting } from '../../lib/use-printing.ts';

/** How many commits are new with a deployment, and which, once asked for. */
export function DeploymentCommits({ commits: { count, items } }: { commits: CommitList }) {
  const [isOpened, setOpen] = useState(false);
  const isPrinting = usePrinting();
  const open = isOpened || isPrinting;
  const id = useId();
  if (count === 0) return null;
  return (
    <div className="min-w-0">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="-ml-1 flex items-center gap-1.5 rounded-[4px] px-1 py-0.5 text-muted hover:bg-hover hover:text-fg"
      >
        <ChevronRight
          aria-hidden
          size={13}
          className={`transition-transform duration-100 ${open ? 'rotate-90' : ''}`}
        />
        {count.toLocaleString()} {count === 1 ? 'commit' : 'commits'}
      </button>
      <ul id={id} hidden={!open}>
        {open
          ? items.map(({ sha, subject, author }) => (
              <li key={sha} className="flex min-w-0 items-baseline gap-2 py-0.5 pl-[19px]">
                <span className="shrink-0 font-mono text-xs text-muted" data-tip={sha}>
                  {shortSha(sha)}
                </span>
                <span className="min-w-0 truncate">{subject}</span>
                <span className="ml-auto max-w-32 shrink-0 truncate text-muted">{author}</span>
              </li>
            ))
          : null}
      </ul>
      {open && items.length < count ? (
        <p className="pl-[19px] text-muted">{(count - items.length).toLocaleString()} more are not shown.</p>
      ) : null}
    </div>
  );
}
