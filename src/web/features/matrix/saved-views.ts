/** A saved view is a link with a name: `search` is the URL's part from the question mark. */
export interface SavedView {
  readonly name: string;
  readonly search: string;
}

export const readyViews: readonly SavedView[] = [
  { name: 'Failed', search: '?status=failure' },
  { name: 'In flight', search: '?status=in-progress&status=waiting&status=queued' },
  { name: 'Changed today', search: '?since=24h&sort=changed' },
  { name: 'Production is behind', search: '?tier=staging&tier=production&drift=1' },
];

const storageName = 'shiplog-views';

export function readSavedViews(): readonly SavedView[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageName) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isView) : [];
  } catch {
    return [];
  }
}

/** A view of the same name gives way. */
export function saveView(view: SavedView): readonly SavedView[] {
  return store([...readSavedViews().filter(({ name }) => name !== view.name), view]);
}

/** The view keeps its place; another one that had the new name gives way. */
export function renameView(from: string, to: string): readonly SavedView[] {
  return store(
    readSavedViews()
      .filter(({ name }) => name === from || name !== to)
      .map((view) => (view.name === from ? { ...view, name: to } : view)),
  );
}

export function forgetView(name: string): readonly SavedView[] {
  return store(readSavedViews().filter((view) => view.name !== name));
}

function store(views: readonly SavedView[]): readonly SavedView[] {
  try {
    localStorage.setItem(storageName, JSON.stringify(views));
  } catch {
    // Storage is switched off or full: the views last until the page is left.
  }
  return views;
}

function isView(value: unknown): value is SavedView {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('search' in value)) return false;
  return typeof value.name === 'string' && typeof value.search === 'string' && /^(\?|$)/.test(value.search);
}
