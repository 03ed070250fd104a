import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { whenSeen } from '../../lib/when-seen.ts';
import { Button } from '../../ui/button.tsx';

interface ChangeListProps {
  readonly label: string;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  readonly onMore: () => void;
  readonly children: ReactNode;
}

/** Lines of changes; the arrows go from one to the next, and more come at the end. */
export function ChangeList({ label, hasMore, loadingMore, onMore, children }: ChangeListProps) {
  const list = useRef<HTMLUListElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const lines = [...(list.current?.querySelectorAll<HTMLElement>('[data-change]') ?? [])];
    const next = lines[lines.indexOf(event.target as HTMLElement) + step]; // listeners on elements get elements
    if (step === 0 || !next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <>
      <ul ref={list} aria-label={label} aria-busy={loadingMore} onKeyDown={onKeyDown}>
        {children}
      </ul>
      {hasMore ? (
        <div className="px-4 py-4" ref={(mark) => (mark ? whenSeen(mark, () => loadingMore || onMore()) : undefined)}>
          <Button disabled={loadingMore} onClick={onMore}>
            {loadingMore ? 'Loading more' : 'Show more'}
          </Button>
        </div>
      ) : null}
    </>
  );
}
