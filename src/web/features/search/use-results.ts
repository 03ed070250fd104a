import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { matchesQuery } from '../../../client/event-match.ts';
import { hasWords, searchWords } from '../../../contract/search-words.ts';
import { groupAttempts } from '../../lib/attempts.ts';
import { matrixQuery } from '../../lib/matrix-query.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { useSession } from '../../lib/use-session.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { deploymentSearchQuery } from './deployment-search-query.ts';
import { numberedQuery } from './numbered-query.ts';
import { findResults } from './palette-results.ts';
import { readRecent } from './recent-results.ts';
import { whereQuery } from './where-query.ts';

/**
 * What a text leads to, as far as it is known by now. Of what the server found for the text before only what fits this one
 * stays: whoever types on and presses Enter means no other.
 */
export function useResults(text: string) {
  const services = usePageServices();
  const { client } = services;
  const session = useSession();
  const readerName = session?.username ?? '';
  const [recent] = useState(() => readRecent(readerName));
  const wanted = text.trim();
  const settled = useSettled(wanted, 160);
  const isLong = settled.length >= 2;
  const matrix = useQuery(matrixQuery(services));
  const found = useQuery(deploymentSearchQuery(client, settled));
  // What the server found for this very text may fit by what no event tells: the word that a tool had for its status.
  const isFound = settled === wanted && !found.isPlaceholderData;
  const attempts = useMemo(() => {
    const events = isLong ? (found.data?.items ?? []) : [];
    return groupAttempts(isFound ? events : events.filter((event) => matchesQuery(event, { q: wanted })));
  }, [found.data, isLong, wanted, isFound]);
  const where = useQuery(whereQuery(client, settled));
  const isAnswered = settled === wanted && !where.isPlaceholderData;
  const candidates = useMemo(() => {
    const items = isLong ? (where.data?.items ?? []) : [];
    if (isAnswered) return items;
    const words = searchWords(wanted);
    return items.filter(({ label, title, project, sha }) => hasWords(words, [label, title, project, sha]));
  }, [where.data, isLong, wanted, isAnswered]);
  const byNumber = useQuery(numberedQuery(client, settled));
  const numbered = (settled === wanted && byNumber.data) || undefined;
  const signedIn = session?.signed_in === true;
  const isAdmin = session?.scopes.includes('admin') === true;
  const reader = useMemo(() => ({ signedIn, isAdmin }), [signedIn, isAdmin]);
  const results = useMemo(
    () => findResults(text, { matrix: matrix.data, candidates, attempts, numbered, recent, reader }),
    [text, matrix.data, candidates, attempts, numbered, recent, reader],
  );
  const searching = settled !== wanted || [found, where, byNumber].some(({ isFetching }) => isFetching);
  return { results, searching, readerName, ofChanges: where.error, ofDeployments: found.error ?? byNumber.error };
}
