import { useEffect, useRef } from 'react';
import { Button } from './button.tsx';

interface LoadMoreProps {
  readonly hasMore: boolean;
  readonly loading: boolean;
  readonly onMore: () => void;
  readonly word?: string;
}

/** The way to what comes after the last one shown. */
export function LoadMore({ hasMore, loading, onMore, word = 'Show more' }: LoadMoreProps) {
  const end = useRef<HTMLParagraphElement>(null);
  const isAsked = useRef(false);
  // The button goes with the last page, and the focus must not go with it.
  useEffect(() => {
    if (!hasMore && isAsked.current) end.current?.focus();
  }, [hasMore]);
  if (!hasMore) {
    return (
      <p ref={end} tabIndex={-1} className="sr-only">
        That is all.
      </p>
    );
  }
  return (
    <div className="flex justify-center px-4 py-3">
      <Button
        aria-disabled={loading}
        onClick={() => {
          isAsked.current = true;
          if (!loading) onMore();
        }}
      >
        {loading ? 'One moment' : word}
      </Button>
    </div>
  );
}
