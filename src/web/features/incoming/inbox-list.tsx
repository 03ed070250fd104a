import { useInfiniteQuery } from '@tanstack/react-query';
import { type IncomingDelivery, type IncomingState, incomingStates } from '../../../contract/incoming.ts';
import { useLiveRefresh } from '../../lib/live/use-live-refresh.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { pollUnlessLong } from '../../lib/poll-unless-long.ts';
import { isOfProject } from '../../lib/project-name.ts';
import { failureText } from '../../lib/refusal.ts';
import { Button } from '../../ui/button.tsx';
import { FilterButton } from '../../ui/filter-button.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { Menu, MenuChoice } from '../../ui/menu.tsx';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { EmptyNotice, FailureBar, FailurePage } from '../../ui/notice.tsx';
import { InboxEntry } from './inbox-entry.tsx';
import { inboxQuery } from './incoming-query.ts';
import { stateWords } from './incoming-words.ts';

interface InboxListProps {
  readonly project: string;
  readonly state: IncomingState | undefined;
  readonly onState: (state: string | undefined) => void;
  readonly onOpen: (delivery: IncomingDelivery) => void;
}

/** While something waits to be read, and while all is quiet. */
const pollMs = { busy: 1500, quiet: 10_000 } as const;

/** What came in, newest first. */
export function InboxList({ project, state, onState, onOpen }: InboxListProps) {
  const { client } = usePageServices();
  const inbox = useInfiniteQuery({
    ...inboxQuery(client, project, state),
    refetchInterval: (query) =>
      pollUnlessLong(query, isBusy(query.state.data?.pages[0]?.items) ? pollMs.busy : pollMs.quiet),
  });
  useLiveRefresh(inbox, {
    concerns: (event) => isOfProject(event, project),
    pauseMs: 1000,
  });
  const deliveries = inbox.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <div className="flex items-center gap-1.5 border-b px-4 pb-2.5">
        <Menu trigger={<FilterButton label="State" value={state && stateWords[state].word} />}>
          <MenuChoice
            value={state ?? ''}
            onChange={(value) => onState(value || undefined)}
            options={[['', 'Any state'], ...incomingStates.map((each) => [each, stateWords[each].word] as const)]}
          />
        </Menu>
      </div>
      {inbox.data && inbox.isError ? (
        <FailureBar title="What is shown may be old." why={failureText(inbox.error)} onRetry={() => inbox.refetch()} />
      ) : null}
      {inbox.isPending ? (
        <ListSkeleton label="Loading what came in" />
      ) : !inbox.data ? (
        <FailurePage
          title="What came in could not be loaded"
          why={failureText(inbox.error)}
          onRetry={() => inbox.refetch()}
        />
      ) : deliveries.length === 0 ? (
        <Nothing state={state} onAny={() => onState(undefined)} />
      ) : (
        <ol aria-label="Incoming webhooks, newest first">
          {deliveries.map((delivery) => (
            <InboxEntry key={delivery.id} delivery={delivery} onOpen={() => onOpen(delivery)} />
          ))}
        </ol>
      )}
      {deliveries.length > 0 ? (
        <LoadMore
          hasMore={inbox.hasNextPage}
          loading={inbox.isFetchingNextPage}
          onMore={() => inbox.fetchNextPage()}
          word="Show older ones"
        />
      ) : null}
    </>
  );
}

function isBusy(deliveries: readonly IncomingDelivery[] | undefined): boolean {
  return deliveries?.some(({ state }) => state === 'waiting') ?? false;
}

function Nothing({ state, onAny }: { state: IncomingState | undefined; onAny: () => void }) {
  if (state === undefined) {
    return (
      <NothingHere>
        Nothing has come in yet. What a tool posts with a secret from above is listed here within seconds, also when it
        could not be understood. What it posts with a wrong secret is refused, and not stored.
      </NothingHere>
    );
  }
  return (
    <EmptyNotice title={`None is ${stateWords[state].word.toLowerCase()}`}>
      <p className="pb-3">None of those kept is in this state.</p>
      <Button onClick={onAny}>Show any state</Button>
    </EmptyNotice>
  );
}
