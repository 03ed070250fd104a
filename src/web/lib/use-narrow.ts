import { useSyncExternalStore } from 'react';

const query = '(width < 720px)';

/** Whether the page is as narrow as a telephone; the same width as the style sheet's `md`. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}

function subscribe(listener: () => void): () => void {
  const list = matchMedia(query);
  list.addEventListener('change', listener);
  return () => list.removeEventListener('change', listener);
}
