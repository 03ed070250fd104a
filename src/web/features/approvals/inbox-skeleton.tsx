import { Bar } from '../../ui/skeleton.tsx';

export function InboxSkeleton() {
  return (
    <div role="status" aria-label="Loading the inbox" className="mx-auto w-full max-w-page">
      {[0, 1, 2].map((entry) => (
        <div key={entry} className="flex flex-col gap-2.5 border-b py-4 pr-4 pl-11">
          <Bar width={200} />
          <Bar width={280} height={8} />
          <Bar width={120} height={8} />
        </div>
      ))}
    </div>
  );
}
