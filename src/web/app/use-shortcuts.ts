import { useEffect, useRef } from 'react';

/** Keys as `?`, `g m` (one after the other) or `mod+k` (Cmd on Apple's machines, Ctrl elsewhere). */
export type Shortcuts = Readonly<Record<string, () => unknown>>;

const sequenceMs = 1200;

/** Listens on the whole page, but not while somebody types or a dialog is open (`mod+…` always works). */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    let before: { readonly key: string; readonly at: number } | undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      const run = (name: string) => {
        const action = latest.current[name];
        if (!action) return false;
        event.preventDefault();
        action();
        return true;
      };
      if ((event.metaKey || event.ctrlKey) && !event.altKey) {
        run(`mod+${event.key.toLowerCase()}`);
        return;
      }
      if (event.altKey || event.key === 'Shift' || isBusy(event.target)) return;
      const first = before && event.timeStamp - before.at < sequenceMs ? before.key : undefined;
      const used = (first !== undefined && run(`${first} ${event.key}`)) || run(event.key);
      before = used ? undefined : { key: event.key, at: event.timeStamp };
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}

function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest('input, textarea, select, [role=dialog], [role=menu]') !== null;
}
