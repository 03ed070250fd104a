import { Bar } from '../../ui/skeleton.tsx';

export function DrawerSkeleton() {
  return (
    <div role="status" aria-label="Loading the history" className="flex flex-col gap-5 p-5">
      <div className="flex h-24 flex-col justify-center gap-3 rounded border px-4">
        <Bar width={140} height={14} />
        <Bar width={220} />
      </div>
      {[0, 1, 2, 3, 4].map((entry) => (
        <div key={entry} className="flex flex-col gap-2.5 pl-8">
          <Bar width={180} />
          <Bar width={260} height={8} />
        </div>
      ))}
    </div>
  );
}
