import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { InboxItem } from '../../../contract/approvals.ts';
import { mayOnlyRead } from '../../lib/may-write.ts';
import { failureText } from '../../lib/refusal.ts';
import { SignInNotice } from '../../lib/sign-in-notice.tsx';
import type { SlotAddress } from '../../lib/slot-address.ts';
import { useSession } from '../../lib/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { FailureBar, FailurePage } from '../../ui/notice.tsx';
import { scrollsPage } from '../../ui/page.tsx';
import { textLink } from '../../ui/text-link.ts';
import { useToast } from '../../ui/toast.tsx';
import { outcomeText } from './decision-text.ts';
import { InboxEmpty } from './inbox-empty.tsx';
import { InboxEntry } from './inbox-entry.tsx';
import { useInbox } from './inbox-query.ts';
import { InboxSkeleton } from './inbox-skeleton.tsx';

interface Outcome {
  /** The deployment whose entry takes the place of the one that was decided. */
  readonly next: number | undefined;
}

/** What waits for the reader, latest first, to be decided on the spot. */
export function InboxView({ onOpen }: { onOpen: (address: SlotAddress) => void }) {
  const session = useSession();
  const inbox = useInbox();
  const [outcome, setOutcome] = useState<Outcome>();
  const tell = useToast();
  const list = useRef<HTMLUListElement>(null);
  const { shown, held, gone, hold } = useHeld(inbox.items);
  // The button that had the focus is gone with its entry: the one in its place takes over.
  useEffect(() => {
    if (!outcome) return;
    const next = list.current?.querySelector<HTMLElement>(`[data-deployment="${outcome.next}"] button`);
    (next ?? document.getElementById('main'))?.focus();
  }, [outcome]);

  // Whose session has just ended signs in over the page, and finds here what they were typing.
  const isAtWork = inbox.data !== undefined && (held !== undefined || session?.public_read === false);
  if (session && !session.signed_in && !isAtWork) {
    return <SignInNotice>Sign in to see what waits for your approval.</SignInNotice>;
  }
  if (inbox.isPending) return <InboxSkeleton />;
  if (!inbox.data) {
    return (
      <FailurePage
        title="The inbox could not be loaded"
        why={failureText(inbox.error)}
        onRetry={() => inbox.refetch()}
      />
    );
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      {inbox.isError ? (
        <FailureBar title="What is shown may be old." why={failureText(inbox.error)} onRetry={() => inbox.refetch()} />
      ) : null}
      <div {...scrollsPage} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <div className="mx-auto max-w-page">
          {shown.length === 0 && !inbox.hasNextPage ? (
            <InboxEmpty />
          ) : (
            <>
              <p className="border-b px-4 pt-4 pb-1.5 font-semibold">
                Waiting for you{' '}
                <span className="pl-1 font-normal text-muted">{`${inbox.items.length}${inbox.hasNextPage ? '+' : ''}`}</span>
              </p>
              <ul ref={list} aria-label="Waiting for you, latest first">
                {shown.map((item) => (
                  <li key={item.deployment.deployment_number} data-deployment={item.deployment.deployment_number}>
                    <InboxEntry
                      item={item}
                      mayDecide={!mayOnlyRead(session)}
                      gone={item === gone && session?.signed_in === true}
                      onOpen={onOpen}
                      onBusy={(busy) => hold(busy ? item : undefined)}
                      onDecided={(decision, state) => {
                        tell(outcomeText(decision, state), <Watched deployment={state.deployment.deployment_number} />);
                        setOutcome({ next: neighbour(shown, item) });
                      }}
                    />
                  </li>
                ))}
              </ul>
            </>
          )}
          {inbox.hasNextPage ? (
            <div className="px-4 py-4">
              <Button disabled={inbox.isFetchingNextPage} onClick={() => inbox.fetchNextPage()}>
                {inbox.isFetchingNextPage ? 'Loading more' : 'Show more'}
              </Button>
            </div>
          ) : null}
        </div>
      </div>
    </div>
  );
}

/** The way to what was decided, which the inbox shows no more. */
function Watched({ deployment }: { deployment: number }) {
  return (
    <Link to="/deployments/$number" params={{ number: String(deployment) }} className={textLink}>
      Deployment #{deployment}
    </Link>
  );
}

/** The number of the deployment below an item, else of the one above. */
function neighbour(items: readonly InboxItem[], item: InboxItem): number | undefined {
  const place = items.indexOf(item);
  return (items[place + 1] ?? items[place - 1])?.deployment.deployment_number;
}

/**
 * The entry whose form is open stays where it is, with what was typed, when it leaves the inbox meanwhile: `gone` is such
 * an entry.
 */
function useHeld(items: readonly InboxItem[]) {
  const [held, hold] = useState<InboxItem>();
  const same = (item: InboxItem) => item.deployment.deployment_number === held?.deployment.deployment_number;
  const gone = held && !items.some(same) ? held : undefined;
  const shown = gone ? [...items, gone].sort((a, b) => b.deployment.position - a.deployment.position) : items;
  return { shown, held, gone, hold };
}
