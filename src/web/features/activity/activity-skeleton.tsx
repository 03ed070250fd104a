import { Bar } from '../../ui/skeleton.tsx';

const entries = Array.from({ length: 14 }, (_, index) => index);

export function ActivitySkeleton() {
  return (
    <div role="status" aria-label="Loading the activity" className="mx-auto h-full max-w-page overflow-hidden">
      <div className="flex h-9 items-end border-b px-4 pb-2.5">
        <Bar width={56} />
      </div>
      {entries.map((entry) => (
        <div key={entry} className="flex h-[57px] items-center gap-3 border-b px-4">
          <Bar width={16} height={16} />
          <div className="flex flex-1 flex-col gap-2">
            <Bar width={180 + ((entry * 41) % 120)} />
            <Bar width={140 + ((entry * 29) % 90)} height={8} />
          </div>
          <Bar width={56} />
        </div>
      ))}
    </div>
  );
}
