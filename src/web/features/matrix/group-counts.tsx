import type { GroupItem } from './matrix-view.ts';

export function groupName({ name }: GroupItem): string {
  return name === '' ? 'No namespace' : name;
}

/** What a namespace holds, also while its rows are folded away: what failed must not hide. */
export function GroupCounts({ group: { services, running, waiting, failed, stale } }: { group: GroupItem }) {
  return (
    <>
      <span className="text-sm font-normal text-muted">
        {services.toLocaleString()} {services === 1 ? 'service' : 'services'}
      </span>
      {running > 0 ? <span className="text-sm font-normal text-running">{running} in flight</span> : null}
      {waiting > 0 ? <span className="text-sm font-normal text-waiting">{waiting} waiting</span> : null}
      {stale > 0 ? <span className="text-sm font-normal text-waiting">{stale} stale</span> : null}
      {failed > 0 ? <span className="text-sm font-medium text-failed">{failed} failed</span> : null}
    </>
  );
}
