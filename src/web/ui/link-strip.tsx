import { type ReactNode, useEffect, useRef } from 'react';

interface LinkStripProps {
  readonly label: string;
  readonly className: string;
  /** Links, one of which has `aria-current`. */
  readonly children: ReactNode;
}

/** Ways beside one another. Where there is no room for all it scrolls, and shows the one that leads to where one is. */
export function LinkStrip({ label, className, children }: LinkStripProps) {
  const strip = useRef<HTMLElement>(null);
  const shown = useRef<Element>(null);
  // Looked for after each drawing, since only whoever makes the links knows when another is current.
  useEffect(() => {
    const current = strip.current?.querySelector('[aria-current=page]') ?? null;
    if (!strip.current || !current || current === shown.current) return;
    shown.current = current;
    const [link, edge] = [current.getBoundingClientRect(), strip.current.getBoundingClientRect()];
    strip.current.scrollLeft += link.left - edge.left - (edge.width - link.width) / 2;
  });
  return (
    <nav ref={strip} aria-label={label} className={`flex overflow-x-auto [scrollbar-width:none] ${className}`}>
      {children}
    </nav>
  );
}
