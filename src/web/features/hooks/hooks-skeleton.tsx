import { Bar } from '../../ui/skeleton.tsx';

export function HooksSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label}>
      {[0, 1, 2].map((entry) => (
        <div key={entry} className="flex flex-col gap-2.5 border-b px-4 py-4">
          <Bar width={260} />
          <Bar width={180} height={8} />
        </div>
      ))}
    </div>
  );
}
