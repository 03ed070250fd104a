import { Bar } from '../../ui/skeleton.tsx';

export function RepositorySkeleton() {
  return (
    <div role="status" aria-label="Loading the repository" className="flex flex-col gap-5 px-4 py-5">
      <Bar width={320} height={14} />
      {[0, 1, 2, 3].map((line) => (
        <Bar key={line} width={220 + line * 30} />
      ))}
    </div>
  );
}
