import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ShiplogClient } from '../../client/shiplog-client.ts';
import type { DeploymentEvent, DeploymentPage } from '../../contract/deployment-event.ts';
import { type EventPages, LiveEvents } from './live-events.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { visibilityState: 'visible' });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const event = (position: number): DeploymentEvent => ({
  id: `e${position}`,
  position,
  deployment_id: `d${position}`,
  deployment_number: position,
  service: 'checkout',
  environment: 'production',
  status: 'success',
  happened_at: new Date(position * 1000).toISOString(),
});
const page = (...positions: number[]): DeploymentPage => ({
  items: positions.map(event),
  next_cursor: 'more',
});
const key = ['deployments', {}];

/** A feed whose next answer is given by hand. */
function feed() {
  const cache = new QueryClient();
  const live = new LiveEvents(new ShiplogClient({ baseUrl: 'http://127.0.0.1:1' }), cache, {}, key);
  const shown = () =>
    cache.getQueryData<EventPages>(key)?.pages.flatMap(({ items }) => items.map(({ position }) => position));
  const fetching = () => {
    let answer: (pages: EventPages) => void = () => undefined;
    const answered = new Promise<EventPages>((resolve) => {
      answer = resolve;
    });
    const fetched = cache.fetchQuery({ queryKey: key, queryFn: () => answered });
    return async (...pages: DeploymentPage[]) => {
      answer({ pages, pageParams: pages.map(() => undefined) });
      await fetched;
    };
  };
  return { cache, live, shown, fetching };
}

test('an event that comes while the first page is on its way is on it', async () => {
  const { live, shown, fetching } = feed();
  const answer = fetching();
  live.take(event(9));
  await vi.advanceTimersByTimeAsync(500);
  await answer(page(3, 2));
  await vi.advanceTimersByTimeAsync(200);
  expect(shown()).toEqual([9, 3, 2]);
});

test('an event that comes while a further page is on its way is there at once, and stays', async () => {
  const { cache, live, shown, fetching } = feed();
  cache.setQueryData<EventPages>(key, { pages: [page(3, 2)], pageParams: [undefined] });
  const answer = fetching();
  live.take(event(9));
  await vi.advanceTimersByTimeAsync(500);
  expect(shown()).toEqual([9, 3, 2]);
  await answer(page(3, 2), page(1));
  await vi.advanceTimersByTimeAsync(200);
  expect(shown()).toEqual([9, 3, 2, 1]);
});

test('an event that comes again is there once, and after the view has gone nothing is put in', async () => {
  const { cache, live, shown } = feed();
  cache.setQueryData<EventPages>(key, { pages: [page(3, 2)], pageParams: [undefined] });
  live.take(event(3));
  live.take(event(9));
  live.stop();
  expect(shown()).toEqual([9, 3, 2]);
  expect(vi.getTimerCount()).toBe(0);
});
