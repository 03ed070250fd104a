import { useQuery } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import { usePageServices } from '../../lib/page-services.tsx';
import { failureText } from '../../lib/refusal.ts';
import { CopyIconButton } from '../../ui/copy-button.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { Drawer, DrawerHead } from '../../ui/modal.tsx';
import { FailureBar, FailurePage } from '../../ui/notice.tsx';
import { DeliveryContent } from './delivery-content.tsx';
import { incomingDeliveryQuery } from './incoming-query.ts';

interface IncomingDrawerProps {
  readonly project: string;
  readonly delivery: number;
  readonly onClose: () => void;
}

const pollMs = 1000;

/** One webhook as it came, what became of it, and reading it anew. */
export function IncomingDrawer({ project, delivery, onClose }: IncomingDrawerProps) {
  const { client } = usePageServices();
  const details = useQuery({
    ...incomingDeliveryQuery(client, delivery),
    refetchInterval: ({ state: { data } }) => (data?.state === 'waiting' ? pollMs : false),
  });
  const name = details.data?.event || 'Incoming webhook';
  return (
    <Drawer title={name} onClose={onClose}>
      <DrawerHead title={name}>
        <CopyIconButton text={location.href} what="link to this webhook" icon={Link2} />
      </DrawerHead>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        {details.isPending ? (
          <ListSkeleton label="Loading the webhook" />
        ) : !details.data ? (
          <FailurePage
            title="The webhook could not be loaded"
            why={failureText(details.error)}
            onRetry={() => details.refetch()}
          />
        ) : (
          <>
            {details.isError ? (
              <FailureBar
                title="What is shown may be old."
                why={failureText(details.error)}
                onRetry={() => details.refetch()}
              />
            ) : null}
            <DeliveryContent project={project} details={details.data} />
          </>
        )}
      </div>
    </Drawer>
  );
}
