import { useSyncExternalStore } from 'react';

/** Whether the page is on its way to paper: what is closed opens then, since nobody can open it there. */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, isPrinting);
}

let betweenPrintEvents = false;

function isPrinting(): boolean {
  return betweenPrintEvents || matchMedia('print').matches;
}

// Firefox tells of printing by events only, and Chromium of the emulated medium by the query only.
function subscribe(listener: () => void): () => void {
  const list = matchMedia('print');
  const begin = () => {
    betweenPrintEvents = true;
    listener();
  };
  const end = () => {
    betweenPrintEvents = false;
    listener();
  };
  list.addEventListener('change', listener);
  window.addEventListener('beforeprint', begin);
  window.addEventListener('afterprint', end);
  return () => {
    list.removeEventListener('change', listener);
    window.removeEventListener('beforeprint', begin);
    window.removeEventListener('afterprint', end);
  };
}
