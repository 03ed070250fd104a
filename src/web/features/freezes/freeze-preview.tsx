import type { FreezePreview as Preview } from '../../../contract/freeze-periods.ts';
import { formatDuration } from '../../lib/time-format.ts';
import { ownTime, zoneTime } from '../../lib/zone-time.ts';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { useNow } from '../../ui/now.tsx';
import { Tag } from '../../ui/tag.tsx';

interface FreezePreviewProps {
  /** undefined: the server was not asked yet, or cannot read the lines. */
  readonly preview: Preview | undefined;
  /** What is shown belongs to what was typed before. */
  readonly isOld: boolean;
  /** Why there is none. */
  readonly fault: string | undefined;
}

/** When what is typed would hold: the next three times. */
export function FreezePreview({ preview, isOld, fault }: FreezePreviewProps) {
  const now = useNow((moment) => moment);
  const holds = (start: string) => Date.parse(start) <= now;
  return (
    <section aria-label="The next freezes" aria-live="polite" className="rounded border bg-surface">
      <h3 className="border-b px-3 py-1.5 text-sm font-medium text-muted">The next freezes</h3>
      {fault !== undefined ? (
        <p className="px-3 py-2 text-muted">{fault}</p>
      ) : !preview ? (
        <ListSkeleton label="Reckoning the next freezes" rows={1} />
      ) : preview.windows.length === 0 ? (
        <p className="px-3 py-2 text-waiting">Never: each start falls on an end.</p>
      ) : (
        <ol className={`px-3 py-1.5 ${isOld ? 'opacity-60' : ''}`}>
          {preview.windows.map(({ start, end }) => {
            const own = ownTime(start, preview.zone);
            return (
              <li key={start} className="flex flex-wrap items-baseline gap-x-2 py-0.5">
                <span>
                  {zoneTime(start, preview.zone)} → {zoneTime(end, preview.zone)}
                </span>
                {holds(start) ? <Tag tone="waiting">Freezes at once</Tag> : null}
                <span className="text-sm text-muted">
                  {formatDuration(Date.parse(end) - Date.parse(start))}
                  {own === undefined ? '' : ` · from ${own}`}
                </span>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}
