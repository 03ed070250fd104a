import type { ChangeDetails } from '../../../contract/changes.ts';
import { Facts } from '../../ui/facts.tsx';
import { sectionTitle } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Sha } from '../../ui/sha.tsx';
import { Tag } from '../../ui/tag.tsx';

/** What the forge, a webhook or the commits told of it. */
export function ChangeFacts({ change }: { change: ChangeDetails }) {
  const { source_branch: source, target_branch: target, labels } = change;
  return (
    <aside aria-labelledby="change-facts" className="py-5 max-lg:border-t">
      <h2 id="change-facts" className={`pb-3 ${sectionTitle}`}>
        Facts
      </h2>
      <Facts
        items={[
          { term: 'From branch', detail: source && <code className="text-sm">{source}</code> },
          { term: 'Into branch', detail: target && <code className="text-sm">{target}</code> },
          { term: 'Merge commit', detail: commit(change.merge_commit_sha) },
          { term: 'Squash commit', detail: commit(change.squash_commit_sha) },
          { term: 'Last commit', detail: commit(change.head_sha) },
          { term: 'Labels', detail: labels.length === 0 ? undefined : <Labels labels={labels} /> },
          { term: 'Opened', detail: <RelativeTime at={change.created_at} /> },
          { term: 'Updated', detail: <RelativeTime at={change.updated_at} /> },
        ]}
      />
    </aside>
  );
}

function commit(sha: string | null) {
  return sha === null ? undefined : <Sha sha={sha} copy />;
}

function Labels({ labels }: { labels: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {labels.map((label) => (
        <Tag key={label}>{label}</Tag>
      ))}
    </span>
  );
}
