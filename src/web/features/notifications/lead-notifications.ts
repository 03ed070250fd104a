interface Lead {
  /** Whether this tab is the one that tells. */
  readonly isOurs: () => boolean;
  readonly leave: () => void;
}

/** One tab of a browser tells for all: the one that holds the lock. When it closes, another one gets it. */
export function leadNotifications(): Lead {
  // Without locks each tab tells, and the browser shows what has the same tag once.
  if (!('locks' in navigator)) return { isOurs: () => true, leave: () => undefined };
  const leaving = new AbortController();
  let isOurs = false;
  const hold = async () => {
    if (leaving.signal.aborted) return;
    isOurs = true;
    await new Promise((resolve) => leaving.signal.addEventListener('abort', resolve, { once: true }));
    isOurs = false;
  };
  // Leaving before its turn ends the request with an AbortError: nothing to do then.
  navigator.locks.request('shiplog-notifications', { signal: leaving.signal }, hold).catch(() => undefined);
  return { isOurs: () => isOurs, leave: () => leaving.abort() };
}
