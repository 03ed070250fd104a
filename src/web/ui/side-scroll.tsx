import { type ReactNode, useEffect, useRef, useState } from 'react';

/** Something wider than its place. It scrolls sideways, and fades out at an edge beyond which there is more. */
export function SideScroll({ children }: { children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const [more, setMore] = useState('');
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const look = () => setMore(edgesWithMore(element));
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    for (const child of element.children) sizes.observe(child);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  return (
    <div
      ref={frame}
      data-more={more}
      className="-m-1 overflow-x-auto overscroll-x-contain p-1 not-print:data-[more~=end]:mask-r-from-[calc(100%-64px)] not-print:data-[more~=start]:mask-l-from-[calc(100%-64px)]"
    >
      {children}
    </div>
  );
}

/** A pixel may be lost to rounding. */
function edgesWithMore({ scrollLeft, scrollWidth, clientWidth }: HTMLElement): string {
  const edges = [scrollLeft > 1 ? 'start' : '', scrollWidth - clientWidth - scrollLeft > 1 ? 'end' : ''];
  return edges.filter(Boolean).join(' ');
}
