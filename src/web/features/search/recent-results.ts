import type { PaletteResult } from './palette-results.ts';

const most = 6;

/** What this reader went to lately, newest first; kept in this browser, for each reader apart. */
export function readRecent(reader: string): readonly PaletteResult[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageName(reader)) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isResult).slice(0, most) : [];
  } catch {
    return [];
  }
}

/** Keeps a result without what may have changed by the next time, such as a status. */
export function keepRecent(reader: string, { lead, text, note, link }: PaletteResult): void {
  const kept = { key: `recent ${link}`, group: 'Recent', ...(lead === undefined ? {} : { lead }), text, note, link };
  const others = readRecent(reader).filter((result) => result.link !== link);
  try {
    localStorage.setItem(storageName(reader), JSON.stringify([kept, ...others].slice(0, most)));
  } catch {
    // Storage is switched off or full: nothing is recent then.
  }
}

function storageName(reader: string): string {
  return `shiplog-recent:${reader}`;
}

function isResult(value: unknown): value is PaletteResult {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Readonly<Record<string, unknown>>; // each is checked below
  const texts = ['key', 'group', 'text', 'note'].every((name) => typeof fields[name] === 'string');
  const leads = fields['lead'] === undefined || typeof fields['lead'] === 'string';
  // Only to a page of this server: `//host` would be another one.
  return texts && leads && typeof fields['link'] === 'string' && /^\/(?![/\\])/.test(fields['link']);
}
