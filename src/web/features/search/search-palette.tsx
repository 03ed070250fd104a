import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { groupAttempts } from '../../lib/attempts.ts';
import { matrixQuery } from '../../lib/matrix-query.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { failureText } from '../../lib/refusal.ts';
import { useSession } from '../../lib/use-session.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { Modal } from '../../ui/modal.tsx';
import { deploymentSearchQuery } from './deployment-search-query.ts';
import { elsewhere, findResults, type PaletteResult } from './palette-results.ts';
import { keepRecent, readRecent } from './recent-results.ts';
import { ResultEntry } from './result-entry.tsx';
import { whereQuery } from './where-query.ts';

/** Finds services, environments, slots, changes, commits, versions and deployments, and goes there. */
export function SearchPalette({ onClose }: { onClose: () => void }) {
  const services = usePageServices();
  const { client } = services;
  const router = useRouter();
  const session = useSession();
  const readerName = session?.username ?? '';
  const [recent] = useState(() => readRecent(readerName));
  const listId = useId();
  const [text, setText] = useState('');
  const [place, setPlace] = useState(0);
  const settled = useSettled(text.trim(), 160);
  const matrix = useQuery(matrixQuery(services));
  const found = useQuery(deploymentSearchQuery(client, settled));
  const attempts = useMemo(
    () => (settled.length >= 2 ? groupAttempts(found.data?.items ?? []) : []),
    [found.data, settled],
  );
  const where = useQuery(whereQuery(client, settled));
  const candidates = useMemo(() => (settled.length >= 2 ? (where.data?.items ?? []) : []), [where.data, settled]);
  const signedIn = session?.signed_in === true;
  const isAdmin = session?.scopes.includes('admin') === true;
  const reader = useMemo(() => ({ signedIn, isAdmin }), [signedIn, isAdmin]);
  const results = useMemo(
    () => findResults(text, { matrix: matrix.data, candidates, attempts, recent, reader }),
    [text, matrix.data, candidates, attempts, recent, reader],
  );
  const current = Math.min(place, results.length - 1);
  const searching = settled !== text.trim() || found.isFetching || where.isFetching;

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
      setPlace((current + step + results.length) % results.length);
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      if (searching && results[current]?.group === elsewhere) setWaits(true);
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
            setPlace(0);
            setWaits(false);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={listId} role="listbox" aria-label="Results" className="min-h-0 overflow-y-auto p-1">
        {results.map((result, index) => (
          <ResultEntry
            key={result.key}
            id={`${listId}-${index}`}
            result={result}
            heading={result.group === results[index - 1]?.group ? undefined : result.group}
            selected={index === current}
            onPoint={() => setPlace(index)}
            onChoose={() => go(result)}
          />
        ))}
      </div>
      {where.isError ? (
        <p role="alert" className="border-t px-4 py-2 text-failed">
          Changes could not be searched. {failureText(where.error)}
        </p>
      ) : null}
      {found.isError ? (
        <p role="alert" className="border-t px-4 py-2 text-failed">
          Deployments could not be searched. {failureText(found.error)}
        </p>
      ) : null}
    </Modal>
  );
}
