import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { pageScroller } from '../ui/page.tsx';
import { pageHeading } from '../ui/page-title.tsx';

/**
 * On the way from one page to another, the next one begins at its top, and its heading has the focus, so that a screen
 * reader says where the reader is and Tab goes on from there. On the way back, the page is where it was left.
 */
export function usePageArrival(): void {
  const router = useRouter();
  useEffect(() => {
    let isReturning = false;
    const endHistory = router.history.subscribe(({ action }) => {
      isReturning = action.type === 'BACK' || action.type === 'FORWARD' || action.type === 'GO';
    });
    const endRendered = router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
      if (!fromLocation || !pathChanged) return;
      if (!isReturning) for (const scroller of document.querySelectorAll(pageScroller)) scroller.scrollTop = 0;
      pageHeading()?.focus({ preventScroll: true });
    });
    return () => {
      endHistory();
      endRendered();
    };
  }, [router]);
}
