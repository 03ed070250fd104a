import { serverAnswers } from '../lib/server-answers.ts';

const storageName = 'shiplog-reloaded';
const loopMs = 30_000;

/**
 * After an upgrade of the server, a page that was open asks for chunks that are gone. Loading it anew puts that right
 * and loses nothing, as the view is in the URL; once only, in case the chunk is gone for another reason. While the
 * server is away there is nothing to load it from: what is shown stays.
 */
export function reloadAfterUpgrade(): void {
  addEventListener('vite:preloadError', async () => {
    const last = Number(sessionStorage.getItem(storageName) ?? 0);
    if (Date.now() - last < loopMs || !(await serverAnswers())) return;
    sessionStorage.setItem(storageName, String(Date.now()));
    location.reload();
  });
}
