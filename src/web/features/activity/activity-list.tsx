import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowUp } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Attempt } from '../../lib/attempts.ts';
import type { SlotAddress } from '../../lib/slot-address.ts';
import { formatDay } from '../../lib/time-format.ts';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/now.tsx';
import { scrollsPage } from '../../ui/page.tsx';
import { ActivityEntry } from './activity-entry.tsx';
import { itemHeight, itemsByDay } from './activity-items.ts';
import { useWhole } from './use-whole.ts';

interface ActivityListProps {
  readonly attempts: readonly Attempt[];
  /** Whether all are of one project. */
  readonly ofProject: boolean;
  /** What is asked for leaves out events of the deployments that are listed. */
  readonly isCut: boolean;
  /** What a deployment was promoted from, in a line; undefined where it names nothing. */
  readonly promotedFrom: (attempt: Attempt) => ReactNode;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  readonly onMore: () => void;
  readonly onOpen: (address: SlotAddress) => void;
}

/** Endless below, live above. What comes above never moves what is being read. */
export function ActivityList(props: ActivityListProps) {
  const { attempts, ofProject, isCut, promotedFrom, hasMore, loadingMore, onMore, onOpen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const listed = useMemo(() => itemsByDay(attempts, !isCut), [attempts, isCut]);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const items = useWhole(listed, opened);
  const list = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => itemHeight(items[index], opened),
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 8,
  });
  useLayoutEffect(() => list.measure(), [list, items, opened]);
  const news = useNewsAbove(scroller, items, opened);

  const virtualItems = list.getVirtualItems();
  const reached = (virtualItems.at(-1)?.index ?? 0) >= items.length - 12;
  useEffect(() => {
    if (reached && hasMore && !loadingMore) onMore();
  }, [reached, hasMore, loadingMore, onMore]);

  const toggle = (key: string) => {
    const next = new Set(opened);
    if (!next.delete(key)) next.add(key);
    setOpened(next);
  };

  return (
    <div className="relative h-full min-h-0">
      {news > 0 ? (
        <div className="pointer-events-none absolute inset-x-0 top-2 z-10 flex justify-center">
          <Button
            look="primary"
            className="pointer-events-auto shadow-float"
            onClick={() => scroller.current?.scrollTo({ top: 0 })}
          >
            <ArrowUp aria-hidden size={13} />
            {news} new
          </Button>
        </div>
      ) : null}
      <div {...scrollsPage} ref={scroller} className="h-full overflow-y-auto overscroll-contain">
        <section
          aria-label="Deployments, newest first"
          aria-busy={loadingMore}
          className="relative mx-auto max-w-page"
          style={{ height: list.getTotalSize() }}
          onKeyDown={moveBetweenArticles}
        >
          {virtualItems.map(({ index, start, size, key }) => {
            const item = items[index];
            if (!item) return null;
            return (
              <div key={key} className="absolute inset-x-0" style={{ top: start, height: size }}>
                {item.kind === 'day' ? (
                  <DayHeading day={item.day} />
                ) : (
                  <ActivityEntry
                    attempt={item.attempt}
                    isWhole={item.isWhole}
                    lacks={item.lacks}
                    position={item.position}
                    count={hasMore ? -1 : attempts.length}
                    open={opened.has(item.key)}
                    ofProject={ofProject}
                    promotedFrom={promotedFrom}
                    onToggle={() => toggle(item.key)}
                    onOpen={onOpen}
                  />
                )}
              </div>
            );
          })}
        </section>
        <p role="status" className="mx-auto max-w-page px-4 py-4 text-sm text-muted">
          {loadingMore ? 'Loading older events' : hasMore ? '' : 'The log begins here.'}
        </p>
      </div>
    </div>
  );
}

function DayHeading({ day }: { day: number }) {
  const name = useNow((now) => formatDay(day, now));
  return <h2 className="flex h-full items-end border-b px-4 pb-1.5 font-semibold">{name}</h2>;
}

/** Page Up and Page Down go from article to article, as in the ARIA feed pattern (a feed itself may hold no headings). */
function moveBetweenArticles(event: KeyboardEvent): void {
  const step = event.key === 'PageDown' ? 1 : event.key === 'PageUp' ? -1 : 0;
  const article = (event.target as HTMLElement).closest<HTMLElement>('article'); // listeners on elements get elements
  if (step === 0 || !article) return;
  const next = document.querySelector<HTMLElement>(`article[aria-posinset="${Number(article.ariaPosInSet) + step}"]`);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/**
 * Holds the view still when items come in above it, and counts them until the reader goes up.
 * Works on keys: the item that was first in sight stays where it was.
 */
function useNewsAbove(
  scroller: { readonly current: HTMLElement | null },
  items: ReturnType<typeof itemsByDay>,
  opened: ReadonlySet<string>,
): number {
  const [news, setNews] = useState(0);
  const before = useRef<{ items: typeof items; tops: readonly number[] }>({ items: [], tops: [] });
  useLayoutEffect(() => {
    const element = scroller.current;
    const tops: number[] = [];
    let top = 0;
    for (const item of items) {
      tops.push(top);
      top += itemHeight(item, opened);
    }
    const old = before.current;
    before.current = { items, tops };
    if (!element || old.items === items || element.scrollTop <= 0) return;
    const anchor = old.tops.findIndex((start) => start >= element.scrollTop);
    const key = old.items[anchor]?.key;
    const now = items.findIndex((item) => item.key === key);
    const moved = (tops[now] ?? 0) - (old.tops[anchor] ?? 0);
    if (key === undefined || now === -1 || moved === 0) return;
    element.scrollTop += moved;
    const known = new Set(old.items.map((item) => item.key));
    const added = items.slice(0, now).filter((item) => item.kind === 'attempt' && !known.has(item.key)).length;
    setNews((count) => count + added);
  }, [scroller, items, opened]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onScroll = () => {
      if (element.scrollTop <= 0) setNews(0);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [scroller]);
  return news;
}
