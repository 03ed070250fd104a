import { lazy, Suspense } from 'react';

/**
 * In a chunk of its own, once there is time: the matrix is there before, and also where the chunk cannot be fetched. It
 * then has no marks until the page is loaded anew.
 */
const Mark = lazy(async () => {
  await new Promise<unknown>((resolve) => (window.requestIdleCallback ?? setTimeout)(resolve));
  const file = await import('../../lib/frozen-mark.tsx').catch(() => undefined);
  return { default: file?.FrozenMark ?? (() => null) };
});

/** Says beside the name of a project that it is frozen now. */
export function LazyFrozenMark({ project }: { project: string }) {
  return (
    <Suspense fallback={null}>
      <Mark project={project} />
    </Suspense>
  );
}
