import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { HookDelivery } from '../../../contract/hooks.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { pollUnlessLong } from '../../lib/poll-unless-long.ts';
import { failureText } from '../../lib/refusal.ts';
import { RefusedNotice } from '../../lib/refused-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { EmptyNotice, FailureBar } from '../../ui/notice.tsx';
import { deliveriesQuery, deliveryQuery, type Outcome } from './deliveries-query.ts';
import { DeliveryEntry } from './delivery-entry.tsx';

interface DeliveryLogProps {
  readonly project: string;
  readonly hook: number;
  readonly outcome: Outcome | undefined;
  /** The one that is open. */
  readonly opened: number | undefined;
  readonly onOpened: (delivery: number | undefined) => void;
}

/** While something is on its way, and while all is quiet. */
const pollMs = { busy: 2500, quiet: 10_000 } as const;

/** What a webhook was told, newest first, page by page. */
export function DeliveryLog({ project, hook, outcome, opened, onOpened }: DeliveryLogProps) {
  const { client } = usePageServices();
  const log = useInfiniteQuery({
    ...deliveriesQuery(client, hook, outcome),
    refetchInterval: (query) =>
      pollUnlessLong(query, isBusy(query.state.data?.pages[0]?.items) ? pollMs.busy : pollMs.quiet),
  });
  const [told, tell] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const focusNext = useRef<number>(undefined);
  useEffect(() => {
    if (opened === undefined || focusNext.current !== opened) return;
    const entry = list.current?.querySelector<HTMLElement>(`[data-delivery="${opened}"] button`);
    focusNext.current = undefined;
    entry?.focus();
    entry?.scrollIntoView({ block: 'nearest' });
  }, [opened]);
  if (log.isPending) return <ListSkeleton label="Loading the deliveries" />;
  if (!log.data)
    return (
      <RefusedNotice
        what="webhooks"
        of={project}
        onlyFor="maintainers of the project"
        error={log.error}
        onRetry={() => log.refetch()}
      />
    );
  const deliveries = log.data.pages.flatMap(({ items }) => items);
  const entry = (delivery: HookDelivery) => (
    <DeliveryEntry
      key={delivery.id}
      hook={hook}
      delivery={delivery}
      open={opened === delivery.id}
      onToggle={() => onOpened(opened === delivery.id ? undefined : delivery.id)}
      onRedelivered={(sent) => {
        tell(sent.state === 'delivered' ? 'It was sent again, and taken.' : 'It was sent again, and not taken.');
        focusNext.current = sent.id;
        onOpened(sent.id);
      }}
    />
  );
  const isElsewhere = opened !== undefined && !deliveries.some(({ id }) => id === opened);
  return (
    <div ref={list} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
      {log.isError ? (
        <FailureBar title="What is shown may be old." why={failureText(log.error)} onRetry={() => log.refetch()} />
      ) : null}
      <p role="status" className="sr-only">
        {told}
      </p>
      {isElsewhere ? <Elsewhere hook={hook} delivery={opened} entry={entry} /> : null}
      {deliveries.length === 0 ? (
        <EmptyNotice title={outcome === undefined ? 'Nothing sent yet' : 'No such delivery'}>
          {outcome === undefined
            ? 'What happens from now on is sent, and listed here. Send a test to see whether the receiver takes it.'
            : 'None of those kept went this way.'}
        </EmptyNotice>
      ) : (
        <ol aria-label="Deliveries, newest first" className="px-4">
          {deliveries.map(entry)}
        </ol>
      )}
      {log.hasNextPage ? (
        <div className="px-5 py-3">
          <Button disabled={log.isFetchingNextPage} onClick={() => log.fetchNextPage()}>
            {log.isFetchingNextPage ? 'Loading older deliveries' : 'Show older deliveries'}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

interface ElsewhereProps {
  readonly hook: number;
  readonly delivery: number;
  readonly entry: (delivery: HookDelivery) => ReactNode;
}

/** The delivery that a link names, where it is not among those in the list. */
function Elsewhere({ hook, delivery, entry }: ElsewhereProps) {
  const { client } = usePageServices();
  const found = useQuery(deliveryQuery(client, hook, delivery));
  if (found.isPending) return null;
  return (
    <div className="border-b px-4">
      {found.data ? (
        <ol aria-label="The delivery of the link">{entry(found.data)}</ol>
      ) : (
        <p role="alert" className="py-3 text-muted">
          The delivery that the link names could not be loaded. {failureText(found.error)}
        </p>
      )}
    </div>
  );
}

function isBusy(deliveries: readonly HookDelivery[] | undefined): boolean {
  return deliveries?.some(({ state }) => state === 'waiting') ?? false;
}
