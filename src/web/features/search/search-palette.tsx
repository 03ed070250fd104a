import { useRouter } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { failureText } from '../../lib/refusal.ts';
import { Modal } from '../../ui/modal.tsx';
import { elsewhere, type PaletteResult } from './palette-results.ts';
import { keepRecent } from './recent-results.ts';
import { ResultEntry } from './result-entry.tsx';
import { useResults } from './use-results.ts';

/** Finds services, environments, slots, changes, commits, versions and deployments, and goes there. */
export function SearchPalette({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const listId = useId();
  const [text, setText] = useState('');
  /** The key of what was pointed at, wherever in the list it comes to stand. */
  const [chosen, setChosen] = useState<string>();
  const { results, searching, readerName, ofChanges, ofDeployments } = useResults(text);
  const current = Math.max(
    0,
    results.findIndex(({ key }) => key === chosen),
  );

  const go = (result: PaletteResult | undefined) => {
    if (!result) return;
    if (result.group !== elsewhere) keepRecent(readerName, result);
    onClose();
    router.history.push(result.link);
  };
  // Who types a number and presses Enter at once means what the server is still looking for.
  const [waits, setWaits] = useState(false);
  useEffect(() => {
    if (waits && !searching) go(results[0]);
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setChosen(results[(current + step + results.length) % results.length]?.key);
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      if (searching && chosen === undefined && results[current]?.group === elsewhere) setWaits(true);
      else go(results[current]);
    }
  };

  return (
    <Modal title="Search" hideTitle onClose={onClose} width="max-w-[600px]" holds="nothing">
      <div className="flex items-center gap-2.5 border-b px-4">
        <Search aria-hidden size={16} className="shrink-0 text-muted" />
        <input
          role="combobox"
          aria-label="Search services, environments, changes and deployments"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={`${listId}-${current}`}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          placeholder="Search services, versions, shas, !12, #12, people"
          className="h-12 min-w-0 flex-1 bg-transparent text-lg focus:outline-none"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setChosen(undefined);
            setWaits(false);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <p role="status" className="px-4 pt-3 text-muted empty:hidden">
        {!searching && results[0]?.group === elsewhere ? `Nothing here has “${text.trim()}” in its name.` : null}
      </p>
      <div id={listId} role="listbox" aria-label="Results" className="min-h-0 overflow-y-auto p-1">
        {results.map((result, index) => (
          <ResultEntry
            key={result.key}
            id={`${listId}-${index}`}
            result={result}
            heading={result.group === results[index - 1]?.group ? undefined : result.group}
            selected={index === current}
            onPoint={() => setChosen(result.key)}
            onChoose={() => go(result)}
          />
        ))}
      </div>
      {ofChanges ? (
        <p role="alert" className="border-t px-4 py-2 text-failed">
          Changes could not be searched. {failureText(ofChanges)}
        </p>
      ) : null}
      {ofDeployments ? (
        <p role="alert" className="border-t px-4 py-2 text-failed">
          Deployments could not be searched. {failureText(ofDeployments)}
        </p>
      ) : null}
    </Modal>
  );
}
