import { StatusIcon } from '../../ui/status-mark.tsx';
import { type MatrixSearch, type SearchPatch, staleState } from './matrix-search.ts';
import type { MatrixCounts } from './matrix-view.ts';

interface MatrixCountsProps {
  readonly counts: MatrixCounts;
  readonly search: MatrixSearch;
  readonly onSearch: (patch: SearchPatch) => void;
}

/** What the rows in view add up to. Those with a status filter by it when pressed. */
export function MatrixCountsBar({ counts, search, onSearch }: MatrixCountsProps) {
  const isOnly = (status: string) => search.status.length === 1 && search.status[0] === status;
  const chip = (status: string, count: number, word: string, tip: string) => {
    const pressed = isOnly(status);
    return (
      <button
        type="button"
        aria-pressed={pressed}
        data-tip={tip}
        disabled={count === 0 && !pressed}
        onClick={() => onSearch({ status: pressed ? undefined : [status] })}
        className={`inline-flex h-6 items-center gap-1 rounded px-1 text-sm md:gap-1.5 md:px-1.5 whitespace-nowrap transition-colors duration-100 not-disabled:hover:bg-hover ${pressed ? 'bg-pressed' : ''}`}
      >
        {count > 0 ? <StatusIcon status={status} size={13} /> : null}
        <span className={count > 0 ? 'font-semibold text-fg' : 'text-muted'}>{count.toLocaleString()}</span>
        <span className="text-muted">{word}</span>
      </button>
    );
  };
  return (
    <div className="flex items-center text-sm md:gap-1" role="group" aria-label="In view">
      <span className="px-1.5 whitespace-nowrap text-muted">
        <span className="font-semibold text-fg">{counts.services.toLocaleString()}</span>{' '}
        {counts.services === 1 ? 'service' : 'services'}
      </span>
      <span className="px-1.5 whitespace-nowrap text-muted max-md:hidden">
        <span className="font-semibold text-fg">{counts.environments}</span>{' '}
        {counts.environments === 1 ? 'environment' : 'environments'}
      </span>
      {chip('in-progress', counts.running, 'in flight', 'Deployments in progress')}
      {chip('waiting', counts.waiting, 'waiting', 'Deployments that wait to go, whoever decides on them')}
      {chip('failure', counts.failed, 'failed', 'Slots whose newest deployment failed')}
      {counts.stale > 0 || isOnly(staleState)
        ? chip(staleState, counts.stale, 'stale', 'Of those in flight: without news for too long')
        : null}
    </div>
  );
}
