import { StatusIcon } from '../../ui/status-mark.tsx';
import type { MatrixSearch, SearchPatch } from './matrix-search.ts';
import type { MatrixCounts } from './matrix-view.ts';

interface MatrixCountsProps {
  readonly counts: MatrixCounts;
  readonly search: MatrixSearch;
  readonly onSearch: (patch: SearchPatch) => void;
}

/** What the rows in view add up to. The last three filter by their status when pressed. */
export function MatrixCountsBar({ counts, search, onSearch }: MatrixCountsProps) {
  const chip = (status: string, count: number, word: string) => {
    const pressed = search.status.length === 1 && search.status[0] === status;
    return (
      <button
        type="button"
        aria-pressed={pressed}
        disabled={count === 0 && !pressed}
        onClick={() => onSearch({ status: pressed ? undefined : [status] })}
        className={`inline-flex h-6 items-center gap-1.5 rounded px-1.5 text-sm whitespace-nowrap transition-colors duration-100 not-disabled:hover:bg-hover ${pressed ? 'bg-pressed' : ''}`}
      >
        {count > 0 ? <StatusIcon status={status} size={13} /> : null}
        <span className={count > 0 ? 'font-semibold text-fg' : 'text-muted'}>{count.toLocaleString()}</span>
        <span className="text-muted">{word}</span>
      </button>
    );
  };
  return (
    <div className="flex items-center gap-1 text-sm" role="group" aria-label="In view">
      <span className="px-1.5 whitespace-nowrap text-muted">
        <span className="font-semibold text-fg">{counts.services.toLocaleString()}</span>{' '}
        {counts.services === 1 ? 'service' : 'services'}
      </span>
      <span className="px-1.5 whitespace-nowrap text-muted max-md:hidden">
        <span className="font-semibold text-fg">{counts.environments}</span>{' '}
        {counts.environments === 1 ? 'environment' : 'environments'}
      </span>
      {chip('in-progress', counts.running, 'in flight')}
      {chip('waiting', counts.waiting, 'waiting')}
      {chip('failure', counts.failed, 'failed')}
    </div>
  );
}
