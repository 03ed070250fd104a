import { Bar } from '../../ui/skeleton.tsx';

const lines = Array.from({ length: 12 }, (_, index) => index);

export function ChangesSkeleton() {
  return (
    <div role="status" aria-label="Loading the changes">
      {lines.map((line) => (
        <div key={line} className="flex h-[57px] items-center gap-3 border-b px-4">
          <Bar width={16} height={16} />
          <div className="flex flex-1 flex-col gap-2">
            <Bar width={200 + ((line * 41) % 140)} />
            <Bar width={140 + ((line * 29) % 90)} height={8} />
          </div>
          <div className="max-md:hidden">
            <Bar width={220} />
          </div>
        </div>
      ))}
    </div>
  );
}
