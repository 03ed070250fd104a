import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { openLeaderLink } from './leader-link.ts';
import type { StreamNews, StreamStatus } from './live-message.ts';
import { openOwnLink } from './own-link.ts';
import type { StreamLink } from './stream-link.ts';
import { openWorkerLink } from './worker-link.ts';

/**
 * What a tab knows of the live stream: its status, each event, and the moments at which something may have been missed
 * and whoever shows data should fetch what is new (a reconnection, a wake from sleep, the network coming back).
 */
export class LiveConnection {
  readonly #statusListeners = new Set<() => void>();
  readonly #eventListeners = new Set<(event: DeploymentEvent) => void>();
  readonly #changesListeners = new Set<(project: string) => void>();
  readonly #catchUpListeners = new Set<() => void>();
  readonly #restoredListeners = new Set<() => void>();
  #status: StreamStatus = { state: 'connecting', since: Date.now() };
  #link: StreamLink | undefined;
  #opened = false;
  #position: number | undefined;

  /** Opens the stream, once however often it is called. */
  open(): void {
    if (this.#opened) return;
    this.#opened = true;
    this.#link = this.#openLink();
    addEventListener('pagehide', () => this.#leave());
    addEventListener('pageshow', (shown) => {
      if (shown.persisted) this.#link = this.#openLink();
    });
    addEventListener('online', () => this.#catchUp());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#catchUp();
    });
  }

  /** Who is signed in has changed. Where this tab has no stream yet, another one may. */
  restart(): void {
    this.open();
    this.#link?.restart();
  }

  /** Position of the last event heard of, which whatever is fetched now must know. */
  readonly position = (): number | undefined => this.#position;

  readonly status = (): StreamStatus => this.#status;

  readonly onStatus = (listener: () => void): (() => void) => subscribe(this.#statusListeners, listener);

  readonly onEvent = (listener: (event: DeploymentEvent) => void): (() => void) =>
    subscribe(this.#eventListeners, listener);

  /** Told the path of a project whose changes, or where they are, are others now. */
  readonly onChanges = (listener: (project: string) => void): (() => void) =>
    subscribe(this.#changesListeners, listener);

  /** Told that all that was read may be undone: the server was restored from a backup. */
  readonly onRestored = (listener: () => void): (() => void) => subscribe(this.#restoredListeners, listener);

  readonly onCatchUp = (listener: () => void): (() => void) => subscribe(this.#catchUpListeners, listener);

  #openLink(): StreamLink {
    const tell = (news: StreamNews) => this.#hear(news);
    const withoutWorker = () => ('locks' in navigator ? openLeaderLink(tell) : openOwnLink(tell));
    if (!('SharedWorker' in self)) return withoutWorker();
    return openWorkerLink(tell, () => {
      this.#link = withoutWorker();
    });
  }

  #leave(): void {
    this.#link?.leave();
    this.#link = undefined;
    this.#status = { state: 'connecting', since: Date.now() };
  }

  #hear(news: StreamNews): void {
    if (news.kind === 'event') {
      this.#position = news.event.position;
      for (const listener of this.#eventListeners) listener(news.event);
      return;
    }
    if (news.kind === 'restored') {
      this.#position = undefined;
      for (const listener of this.#restoredListeners) listener();
      return;
    }
    if (news.kind === 'changes') {
      for (const listener of this.#changesListeners) listener(news.project);
      return;
    }
    const before = this.#status.state;
    this.#status = news.status;
    for (const listener of this.#statusListeners) listener();
    if (news.status.state === 'live' && before !== 'live') this.#catchUp();
  }

  #catchUp(): void {
    for (const listener of this.#catchUpListeners) listener();
  }
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
