import { Bar } from '../../ui/skeleton.tsx';

export function DeploymentSkeleton() {
  return (
    <div role="status" aria-label="Loading the deployment">
      <div className="flex flex-col gap-3 border-b px-4 pt-6 pb-5">
        <Bar width={160} height={8} />
        <Bar width="min(80%, 260px)" height={16} />
        <Bar width={180} />
      </div>
      <div className="grid gap-10 px-4 pt-5 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="flex flex-col gap-5">
          <div className="h-[68px] rounded border" />
          {[0, 1, 2].map((step) => (
            <div key={step} className="flex flex-col gap-2 pl-7">
              <Bar width={220} />
              <Bar width={140} height={8} />
            </div>
          ))}
        </div>
        <div className="flex flex-col gap-4 max-lg:hidden">
          {[0, 1, 2, 3, 4].map((fact) => (
            <Bar key={fact} width={200} />
          ))}
        </div>
      </div>
    </div>
  );
}
