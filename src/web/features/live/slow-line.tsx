import { useQueryClient } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { SlowWatch } from './slow-watch.ts';

/** Says, quietly, that an answer is long in coming; what is shown stays, and it comes or fails by itself. */
export function SlowLine() {
  const cache = useQueryClient();
  const [watch] = useState(() => new SlowWatch(cache.getQueryCache()));
  const isSlow = useSyncExternalStore(watch.watch, watch.isSlow);
  return (
    <p role="status" className={isSlow ? 'border-b bg-surface px-4 py-1 text-sm text-muted print:hidden' : 'sr-only'}>
      {isSlow ? 'The server is slow to answer. Still waiting.' : ''}
    </p>
  );
}
