import { useSyncExternalStore } from 'react';
import { usePageServices } from '../page-services.tsx';
import type { StreamStatus } from './live-message.ts';

export function useStreamStatus(): StreamStatus {
  const { live } = usePageServices();
  return useSyncExternalStore(live.onStatus, live.status);
}
