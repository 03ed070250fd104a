/** What runs inside the page under measurement: each function is sent there as its text, so it uses nothing from outside. */

export interface Frames {
  /** Longest time between two frames while scrolling, or of a long animation frame, ms. */
  readonly longest: number;
  readonly median: number;
}

/**
 * Before the page's own scripts: notes when the first cells are there and an arrow key has moved the focus, and frames
 * painted since. `selector` finds a cell; a page without keys of its own is usable once its cells are painted.
 */
export function noteUsable({ cell, stop }: { readonly cell: string; readonly stop: string | null }): void {
  const look = () => {
    if (!document.querySelector(cell)) return void requestAnimationFrame(look);
    const focusable = stop === null ? null : document.querySelector<HTMLElement>(stop);
    if (stop !== null && !focusable) return void requestAnimationFrame(look);
    focusable?.focus();
    const before = document.activeElement;
    focusable?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }));
    const answered = () => {
      if (stop !== null && document.activeElement === before) return void requestAnimationFrame(answered);
      // After the frame that shows it.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => Object.assign(window, { usableMs: performance.now() });
        port2.postMessage(undefined);
      });
    };
    answered();
  };
  requestAnimationFrame(look);
}

/** Scrolls to the end and back, so many pixels a frame. */
export async function scrollThrough({
  scroller,
  direction,
  step,
}: {
  readonly scroller: string;
  readonly direction: 'top' | 'left';
  readonly step: number;
}): Promise<Frames> {
  const element = document.querySelector(scroller) ?? document.documentElement;
  const length =
    direction === 'top' ? element.scrollHeight - element.clientHeight : element.scrollWidth - element.clientWidth;
  const gaps: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) gaps.push(duration);
  });
  observer.observe({ type: 'long-animation-frame' });
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  let last = await frame();
  const to = async (place: number) => {
    element.scrollTo({ [direction]: place, behavior: 'instant' });
    const now = await frame();
    gaps.push(now - last);
    last = now;
  };
  for (let place = 0; place < length; place += step) await to(place);
  for (let place = length; place > 0; place -= step) await to(place);
  await to(0);
  observer.disconnect();
  const sorted = gaps.sort((a, b) => a - b);
  return { longest: sorted.at(-1) ?? Number.NaN, median: sorted[sorted.length >> 1] ?? Number.NaN };
}

/** Notes in `window.seenAt` when each version that begins with `9.` was on the screen, epoch milliseconds. */
export function noteVersions(): void {
  const seenAt: Record<string, number> = {};
  Object.assign(window, { seenAt });
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<string[]>) => {
    for (const version of data) seenAt[version] ??= Date.now();
  };
  const grid = document.querySelector('[role=grid]') ?? document.body;
  new MutationObserver(() => {
    const fresh = [...grid.querySelectorAll('.slot-version')]
      .map(({ textContent }) => textContent)
      .filter((version) => version.startsWith('9.') && !(version in seenAt));
    if (fresh.length > 0) requestAnimationFrame(() => port2.postMessage(fresh));
  }).observe(grid, { subtree: true, childList: true, characterData: true });
}

export interface Lane {
  readonly service: string;
  readonly namespace: string;
  readonly environment: string;
}

/** The lanes whose cells are wholly on the screen. */
export function lanesInSight(): Lane[] {
  return [...document.querySelectorAll<HTMLElement>('[role=gridcell]')]
    .filter((cell) => {
      const { top, bottom, left, right } = cell.getBoundingClientRect();
      return top > 160 && bottom < innerHeight && left > 230 && right < innerWidth;
    })
    .map(({ dataset }) => {
      const [namespace = '', service = ''] = (dataset['row'] ?? '').split('/');
      return { service, namespace, environment: dataset['column'] ?? '' };
    });
}

/** The same for an empty page: when the event itself comes, with nothing made of it. */
export function noteEvents(): Promise<void> {
  const seenAt: Record<string, number> = {};
  const source = new EventSource('/api/events/stream');
  Object.assign(window, { seenAt, source });
  source.addEventListener('deployment', ({ data }: MessageEvent<string>) => {
    const { version } = JSON.parse(data) as { version: string }; // the server's own frame
    requestAnimationFrame(() => {
      seenAt[version] ??= Date.now();
    });
  });
  return new Promise((resolve, reject) => {
    source.onopen = () => resolve();
    source.onerror = () => reject(new Error('The stream could not be opened.'));
  });
}

/** Keeps the longest frame from now on in `window.longestFrameMs`. */
export function noteFrames(): void {
  const kept = { longestFrameMs: 0 };
  Object.assign(window, kept);
  let last = performance.now();
  const next = (now: number) => {
    kept.longestFrameMs = Math.max(kept.longestFrameMs, now - last);
    Object.assign(window, kept);
    last = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}
