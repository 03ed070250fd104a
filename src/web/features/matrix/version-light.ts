import { type RefObject, useEffect } from 'react';

/** What two deployments share that put the same thing out: the version, or the commit where there is none. */
export function litVersion({ version, sha }: { readonly version?: string; readonly sha?: string }): string | undefined {
  return version ?? sha;
}

/**
 * Lights the version under the pointer or the focus wherever it is, also where it is still good or comes next. One style rule does it, so cells that come
 * into sight later are lit as well and none renders again.
 */
export function useVersionLight(grid: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = grid.current;
    if (!element) return;
    const sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    let lit: string | undefined;
    const light = ({ target }: Event) => {
      const version =
        target instanceof Element ? target.closest<HTMLElement>('[data-version]')?.dataset['version'] : undefined;
      if (version === lit) return;
      lit = version;
      sheet.replaceSync(version === undefined ? '' : rule(version));
    };
    element.addEventListener('pointerover', light);
    element.addEventListener('pointerleave', light);
    element.addEventListener('focusin', light);
    return () => {
      element.removeEventListener('pointerover', light);
      element.removeEventListener('pointerleave', light);
      element.removeEventListener('focusin', light);
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    };
  }, [grid]);
}

function rule(version: string): string {
  return `.slot-version[data-version=${CSS.escape(version)}] { background: var(--color-mark); box-shadow: 0 0 0 3px var(--color-mark); }`;
}
