const storageName = 'shiplog-reloaded';
const loopMs = 30_000;

/**
 * After an upgrade of the server, a page that was open asks for chunks that are gone. Loading it anew puts that right
 * and loses nothing, as the view is in the URL; once only, in case the chunk is gone for another reason.
 */
export function reloadAfterUpgrade(): void {
  addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(storageName) ?? 0);
    if (Date.now() - last < loopMs) return;
    event.preventDefault();
    sessionStorage.setItem(storageName, String(Date.now()));
    location.reload();
  });
}
