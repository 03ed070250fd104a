import { useQuery } from '@tanstack/react-query';
import { usePageServices } from '../../lib/page-services.tsx';
import { failureText } from '../../lib/refusal.ts';
import { RefusedNotice } from '../../lib/refused-notice.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { FailureBar } from '../../ui/notice.tsx';
import { PageSection } from '../../ui/page.tsx';
import { RetentionForm } from './retention-form.tsx';
import { retentionQuery } from './retention-query.ts';

/** What is kept and for how long, for administrators to read and to change. */
export function RetentionView() {
  const { client } = usePageServices();
  const list = useQuery(retentionQuery(client));
  return (
    <PageSection
      title="Retention"
      about="What this server keeps, and for how long. What is older is gone within an hour. Backups keep what they hold."
    >
      {list.isPending ? <ListSkeleton label="Loading what is kept" rows={7} /> : null}
      {list.isError && list.data ? (
        <FailureBar title="What is shown may be old." why={failureText(list.error)} onRetry={() => list.refetch()} />
      ) : null}
      {list.isError && !list.data ? (
        <RefusedNotice what="retention" onlyFor="administrators" error={list.error} onRetry={() => list.refetch()} />
      ) : null}
      {list.data ? <RetentionForm items={list.data.items} /> : null}
    </PageSection>
  );
}
