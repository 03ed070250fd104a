import { Bar } from './skeleton.tsx';

const widths = [220, 180, 260, 200, 240] as const;

/** Rows in the shape of what comes. `label` says what is loading. */
export function ListSkeleton({ label, rows = 4 }: { label: string; rows?: number }) {
  return (
    <div role="status" aria-label={label}>
      {Array.from(Array(rows).keys(), (row) => (
        <div key={row} className="flex items-center gap-6 border-b px-4 py-3.5">
          <div className="flex min-w-0 flex-1 flex-col gap-2">
            <Bar width={`min(100%, ${widths[row % widths.length]}px)`} />
            <Bar width="min(70%, 140px)" height={8} />
          </div>
          <Bar width={56} height={8} />
        </div>
      ))}
    </div>
  );
}
