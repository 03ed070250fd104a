import { useNavigate } from '@tanstack/react-router';
import type { Token } from '../../../contract/access.ts';
import { failureText } from '../../lib/refusal.ts';
import { RefusedNotice } from '../../lib/refused-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { FailureBar } from '../../ui/notice.tsx';
import type { TokenHolder } from './token-holder.ts';
import { TokenTable } from './token-table.tsx';
import type { useTokens } from './use-tokens.ts';

interface TokenListProps {
  readonly holder: TokenHolder;
  readonly found: ReturnType<typeof useTokens>;
  readonly onAct: (action: 'rotate' | 'revoke', token: Token) => void;
}

/** The tokens that were found, or why they are not shown. */
export function TokenList({ holder, found: { list, isRevoked }, onAct }: TokenListProps) {
  const navigate = useNavigate();
  if (list.isPending) return <ListSkeleton label="Loading the tokens" rows={3} />;
  if (!list.data) {
    return (
      <RefusedNotice
        what="tokens"
        of={holder.kind === 'user' ? undefined : holder.path}
        onlyFor={`maintainers of the ${holder.kind}`}
        error={list.error}
        onRetry={() => list.refetch()}
      />
    );
  }
  const tokens = list.data.pages.flatMap(({ items }) => items);
  const label = isRevoked ? 'Revoked tokens' : 'Tokens';
  const toggle = () =>
    navigate({
      to: '.',
      search: (before) => ({ ...before, tokens: isRevoked ? undefined : 'revoked' }),
      replace: true,
    });
  return (
    <>
      {list.isError ? (
        <FailureBar title="What is shown may be old." why={failureText(list.error)} onRetry={() => list.refetch()} />
      ) : null}
      {tokens.length === 0 ? (
        <NothingHere>{isRevoked ? 'None was revoked.' : emptyWords(holder)}</NothingHere>
      ) : (
        <TokenTable {...{ label, holder, tokens, isRevoked, onAct }} />
      )}
      <LoadMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} onMore={() => list.fetchNextPage()} />
      <div className="px-4 py-2">
        <Button look="quiet" className="-ml-3.25 md:-ml-2.75" onClick={toggle}>
          {isRevoked ? 'Show tokens in use' : 'Show revoked tokens'}
        </Button>
      </div>
    </>
  );
}

function emptyWords(holder: TokenHolder): string {
  if (holder.kind === 'user') return 'You have no token. Create one for a script or for the command line.';
  return `There is none yet. A pipeline needs one with the scope record to report what it deploys.`;
}
