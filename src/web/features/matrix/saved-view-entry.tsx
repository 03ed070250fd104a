import { Link2, Pencil, Trash2 } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { CopyIconButton } from '../../ui/copy-button.tsx';
import { fieldLook } from '../../ui/text-field.tsx';
import type { SavedView } from './saved-views.ts';

interface SavedViewEntryProps {
  readonly view: SavedView;
  /** The link that goes to it. */
  readonly children: ReactNode;
  readonly onRename: (name: string) => void;
  readonly onForget: () => void;
}

/** A view of the reader's own: to go to, to hand on, to rename and to forget. */
export function SavedViewEntry({ view, children, onRename, onForget }: SavedViewEntryProps) {
  const [name, setName] = useState<string>();
  if (name === undefined) {
    return (
      <>
        {children}
        <CopyIconButton text={`${location.origin}/${view.search}`} what={`link to ${view.name}`} icon={Link2} />
        <IconButton label={`Rename ${view.name}`} onClick={() => setName(view.name)}>
          <Pencil aria-hidden size={13} />
        </IconButton>
        <IconButton label={`Forget ${view.name}`} onClick={onForget}>
          <Trash2 aria-hidden size={13} />
        </IconButton>
      </>
    );
  }
  const rename = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') onRename(name.trim());
    setName(undefined);
  };
  return (
    <form onSubmit={rename} className="flex flex-1 gap-1.5 px-1 py-0.5">
      <input
        aria-label={`New name of ${view.name}`}
        // biome-ignore lint/a11y/noAutofocus: whoever asked to rename goes on by typing
        autoFocus
        value={name}
        maxLength={60}
        autoComplete="off"
        className={`${fieldLook} !h-7`}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" disabled={name.trim() === ''}>
        Rename
      </Button>
    </form>
  );
}
