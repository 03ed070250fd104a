import { Link } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { parseFlatSearch } from '../../lib/flat-search.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { fieldLook } from '../../ui/text-field.tsx';
import { SavedViewEntry } from './saved-view-entry.tsx';
import { forgetView, readSavedViews, readyViews, renameView, type SavedView, saveView } from './saved-views.ts';

interface ViewChoiceProps {
  /** The URL's part from the question mark. */
  readonly search: string;
  readonly onDone: () => void;
}

/** Views to go to, and a name and a link for the present one. Takes the focus. */
export function ViewChoice({ search, onDone }: ViewChoiceProps) {
  const [views, setViews] = useState(readSavedViews);
  const [name, setName] = useState('');
  const ready = useRef<HTMLUListElement>(null);
  useEffect(() => ready.current?.querySelector('a')?.focus(), []);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    setViews(saveView({ name: name.trim(), search }));
    setName('');
  };
  const link = (view: SavedView) => (
    <Link
      to="/"
      search={parseFlatSearch(view.search)}
      activeOptions={{ exact: true, includeSearch: true }}
      className="min-w-0 flex-1 truncate rounded-[4px] px-2 py-1 hover:bg-hover aria-[current=page]:bg-pressed"
      onClick={onDone}
    >
      {view.name}
    </Link>
  );
  return (
    <>
      <ul ref={ready} aria-label="Ready views">
        {readyViews.map((view) => (
          <li key={view.name} className="flex items-center">
            {link(view)}
          </li>
        ))}
      </ul>
      {views.length > 0 ? (
        <ul aria-label="My views" className="mt-1 border-t pt-1">
          {views.map((view) => (
            <li key={view.name} className="flex items-center">
              <SavedViewEntry
                view={view}
                onRename={(to) => setViews(renameView(view.name, to))}
                onForget={() => setViews(forgetView(view.name))}
              >
                {link(view)}
              </SavedViewEntry>
            </li>
          ))}
        </ul>
      ) : null}
      <form onSubmit={save} className="mt-1 flex flex-col gap-2 border-t p-2">
        <label htmlFor="view-name" className="text-sm text-muted">
          Save what is shown now
        </label>
        <div className="flex gap-1.5">
          <input
            id="view-name"
            value={name}
            maxLength={60}
            autoComplete="off"
            placeholder="Name"
            className={`${fieldLook} !h-7`}
            onChange={(event) => setName(event.target.value)}
          />
          <Button type="submit" disabled={name.trim() === ''}>
            Save
          </Button>
        </div>
        <p className="text-sm text-muted">Kept in this browser. A link to it opens the same view anywhere.</p>
        <CopyButton text={`${location.origin}/${search}`}>Copy link to this view</CopyButton>
      </form>
    </>
  );
}
