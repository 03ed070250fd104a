import { useCallback, useEffect, useState } from 'react';

/**
 * unsupported  this browser shows none, or not over plain http
 * default      nobody has decided yet
 * denied       the reader, or the browser's owner, said no
 * granted      they may be shown
 */
export type PermissionState = 'unsupported' | NotificationPermission;

function current(): PermissionState {
  // Browsers give none to a page over plain http, except on localhost, and then never ask.
  if (!('Notification' in window) || !window.isSecureContext) return 'unsupported';
  return Notification.permission;
}

/** Whether notifications may be shown, as it changes, and asking for it. */
export function useNotificationPermission(): readonly [PermissionState, ask: () => Promise<void>] {
  const [state, setState] = useState(current);
  useEffect(() => {
    const look = () => setState(current());
    const leaving = new AbortController();
    const { signal } = leaving;
    document.addEventListener('visibilitychange', look, { signal });
    navigator.permissions
      ?.query({ name: 'notifications' })
      .then((status) => status.addEventListener('change', look, { signal }))
      .catch(() => undefined); // a browser that cannot say tells when it is looked at again
    return () => leaving.abort();
  }, []);
  const ask = useCallback(async () => {
    await Notification.requestPermission();
    setState(current());
  }, []);
  return [state, ask];
}
