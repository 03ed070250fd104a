import type { ReactNode } from 'react';
import type { ChangeDetails } from '../../../contract/changes.ts';
import { shortSha } from '../../lib/short-version.ts';
import { CopyIconButton } from '../../ui/copy-button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';

/** What the forge, a webhook or the commits told of it. */
export function ChangeFacts({ change }: { change: ChangeDetails }) {
  const { source_branch: source, target_branch: target, labels, created_at: created, updated_at: updated } = change;
  return (
    <aside aria-label="Facts" className="py-5 text-sm max-lg:border-t">
      <dl className="grid grid-cols-[96px_minmax(0,1fr)] items-baseline gap-x-3 gap-y-1.5">
        {source === null ? null : (
          <Fact name="From branch">
            <span className="font-mono">{source}</span>
          </Fact>
        )}
        {target === null ? null : (
          <Fact name="Into branch">
            <span className="font-mono">{target}</span>
          </Fact>
        )}
        <Sha name="Merge commit" sha={change.merge_commit_sha} />
        <Sha name="Squash commit" sha={change.squash_commit_sha} />
        <Sha name="Last commit" sha={change.head_sha} />
        {labels.length === 0 ? null : (
          <Fact name="Labels">
            <span className="flex flex-wrap gap-1">
              {labels.map((label) => (
                <span key={label} className="max-w-full truncate rounded-[4px] bg-pressed px-1.5">
                  {label}
                </span>
              ))}
            </span>
          </Fact>
        )}
        <Fact name="Opened">
          <RelativeTime at={created} />
        </Fact>
        <Fact name="Updated">
          <RelativeTime at={updated} />
        </Fact>
      </dl>
    </aside>
  );
}

function Sha({ name, sha }: { name: string; sha: string | null }) {
  if (sha === null) return null;
  return (
    <Fact name={name}>
      <span className="inline-flex items-center gap-1 font-mono">
        {shortSha(sha)}
        <CopyIconButton text={sha} what={name.toLowerCase()} className="-my-1.5" />
      </span>
    </Fact>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
