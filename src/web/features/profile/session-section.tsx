import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { OwnSession } from '../../../contract/profile.ts';
import { sessionLifeDays } from '../../../contract/session-life.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { failureText } from '../../lib/refusal.ts';
import { RefusedNotice } from '../../lib/refused-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { FailureBar } from '../../ui/notice.tsx';
import { PageSection } from '../../ui/page.tsx';
import { EndSessionsDialog } from './end-sessions-dialog.tsx';
import { SessionTable } from './session-table.tsx';
import { sessionsQuery } from './sessions-query.ts';

/** Where the reader is signed in, and how to end that. */
export function SessionSection() {
  const { client } = usePageServices();
  const list = useQuery(sessionsQuery(client));
  const [asked, setAsked] = useState<readonly OwnSession[]>();
  const part = useRef<HTMLDivElement>(null);
  const isDone = useRef(false);
  const ask = (sessions: readonly OwnSession[] | undefined) => {
    isDone.current = false;
    setAsked(sessions);
  };
  const others = list.data?.items.filter(({ current }) => !current) ?? [];
  return (
    <div ref={part} tabIndex={-1} className="mt-6 focus:outline-none">
      <PageSection
        title="Sessions"
        about={`Where you are signed in. A session ends by itself ${sessionLifeDays} days after it began.`}
        actions={others.length > 1 ? <Button onClick={() => ask(others)}>End all others</Button> : undefined}
      >
        {list.isPending ? <ListSkeleton label="Loading your sessions" rows={2} /> : null}
        {list.isError && list.data ? (
          <FailureBar title="What is shown may be old." why={failureText(list.error)} onRetry={() => list.refetch()} />
        ) : null}
        {list.isError && !list.data ? (
          <RefusedNotice
            what="sessions"
            onlyFor="people with an account"
            error={list.error}
            onRetry={() => list.refetch()}
          />
        ) : null}
        {list.data ? <SessionTable sessions={list.data.items} onEnd={(session) => ask([session])} /> : null}
      </PageSection>
      {asked ? (
        <EndSessionsDialog
          sessions={asked}
          onClose={() => ask(undefined)}
          onDone={() => {
            isDone.current = true;
            setAsked(undefined);
          }}
          // The button that was pressed goes with what it did.
          returnFocus={() => (isDone.current ? part.current : null)}
        />
      ) : null}
    </div>
  );
}
