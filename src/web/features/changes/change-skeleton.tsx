import { Bar } from '../../ui/skeleton.tsx';

export function ChangeSkeleton() {
  return (
    <div role="status" aria-label="Loading the change">
      <div className="flex flex-col gap-3 border-b px-4 pt-6 pb-5">
        <Bar width={180} height={8} />
        <Bar width={380} height={16} />
        <Bar width={220} />
      </div>
      <div className="flex flex-col gap-7 px-4 py-6">
        {[0, 1, 2, 3].map((rung) => (
          <div key={rung} className="flex gap-3">
            <Bar width={18} height={18} />
            <div className="flex flex-col gap-2">
              <Bar width={200} />
              <Bar width={280} height={8} />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
