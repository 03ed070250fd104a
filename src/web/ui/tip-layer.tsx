import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { visibleMarks } from '../lib/visible-marks.ts';

interface Shown {
  readonly target: HTMLElement;
  readonly text: string;
}

const delayMs = 350;
const tipId = 'tip';

/**
 * One tooltip for the whole page, for whatever has `data-tip`, on hover and on focus (also when the focus is on the
 * control around it). Hundreds of cells then cost nothing. Esc hides it; the pointer may rest on it (WCAG 1.4.13).
 */
export function TipLayer() {
  const [shown, setShown] = useState<Shown>();
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (change: () => void, ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(change, ms);
    };
    const show = (target: HTMLElement | undefined, ms: number) => {
      const text = target?.dataset['tip'];
      if (!target || !text) later(() => setShown(undefined), 80);
      else later(() => setShown({ target, text }), ms);
    };
    const over = ({ target }: PointerEvent) => {
      if (!(target instanceof Element)) return;
      if (target.closest(`#${tipId}`)) clearTimeout(timer);
      else show(target.closest<HTMLElement>('[data-tip]') ?? undefined, delayMs);
    };
    const focus = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || !target.matches(':focus-visible')) return;
      const within = target.querySelector<HTMLElement>('time[data-tip]') ?? undefined;
      show(target.dataset['tip'] ? target : within, delayMs);
    };
    const hide = () => later(() => setShown(undefined), 0);
    const key = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') hide();
    };
    const touch = { capture: true, passive: true };
    document.addEventListener('pointerover', over);
    document.addEventListener('focusin', focus);
    document.addEventListener('focusout', hide);
    document.addEventListener('pointerdown', hide);
    document.addEventListener('keydown', key);
    document.addEventListener('scroll', hide, touch);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointerover', over);
      document.removeEventListener('focusin', focus);
      document.removeEventListener('focusout', hide);
      document.removeEventListener('pointerdown', hide);
      document.removeEventListener('keydown', key);
      document.removeEventListener('scroll', hide, touch);
    };
  }, []);

  useLayoutEffect(() => {
    const tip = box.current;
    if (!shown || !tip) return;
    place(tip, shown.target.getBoundingClientRect());
    shown.target.setAttribute('aria-describedby', tipId);
    return () => shown.target.removeAttribute('aria-describedby');
  }, [shown]);

  if (!shown?.target.isConnected) return null;
  return (
    <div
      ref={box}
      id={tipId}
      role="tooltip"
      className="fixed z-[60] max-w-96 animate-enter rounded bg-inverse px-2 py-1 text-sm break-words whitespace-pre-line text-on-inverse"
    >
      {visibleMarks(shown.text)}
    </div>
  );
}

/** Below the target, or above where there is no room; never over the edge. */
function place(tip: HTMLElement, target: DOMRect): void {
  const { width, height } = tip.getBoundingClientRect();
  const below = target.bottom + 6 + height < innerHeight;
  tip.style.top = `${below ? target.bottom + 6 : Math.max(8, target.top - height - 6)}px`;
  tip.style.left = `${Math.max(8, Math.min(target.left, innerWidth - width - 8))}px`;
}
