import { useQuery } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import type { HookDelivery, HookDeliveryDetails } from '../../../contract/hooks.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { failureText, refusalText } from '../../lib/refusal.ts';
import { headerLines, readableBody } from '../../lib/sent-text.ts';
import { Button } from '../../ui/button.tsx';
import { CopyIconButton } from '../../ui/copy-button.tsx';
import { FailureLine } from '../../ui/notice.tsx';
import { Bar } from '../../ui/skeleton.tsx';
import { TextBlock } from '../../ui/text-block.tsx';
import { deliveryQuery } from './deliveries-query.ts';
import { useRedeliver } from './redeliver-mutation.ts';

interface DeliveryDetailsProps {
  readonly hook: number;
  readonly delivery: HookDelivery;
  readonly onRedelivered: (delivery: HookDelivery) => void;
}

/** What was sent and what came back at the last attempt, and sending it again. */
export function DeliveryDetails({ hook, delivery, onRedelivered }: DeliveryDetailsProps) {
  const { client } = usePageServices();
  const details = useQuery(deliveryQuery(client, hook, delivery.id, delivery.attempts));
  const redeliver = useRedeliver(hook);
  return (
    <div className="mt-2 flex flex-col gap-3 rounded border bg-surface p-3 text-sm">
      {delivery.error === null ? null : <p className="break-words text-failed">{delivery.error}</p>}
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2">
        <span className="flex min-w-0 flex-1 basis-56 items-center gap-1">
          <span className="min-w-0 truncate font-mono text-muted" data-tip={delivery.uuid}>
            {delivery.uuid}
          </span>
          <CopyIconButton text={delivery.uuid} what="delivery id" />
        </span>
        <Button
          disabled={redeliver.isPending}
          onClick={() => redeliver.mutate(delivery.id, { onSuccess: onRedelivered })}
        >
          <RotateCw aria-hidden size={13} className="text-muted" />
          {redeliver.isPending ? 'Sending' : 'Redeliver'}
        </Button>
      </div>
      {redeliver.error ? (
        <p role="alert" className="break-words whitespace-pre-line text-failed">
          It could not be sent again. {refusalText(redeliver.error)}
        </p>
      ) : null}
      {details.data ? (
        <Exchange details={details.data} />
      ) : details.isPending ? (
        <div role="status" aria-label="Loading the request" className="flex flex-col gap-2.5 py-1">
          <Bar width={160} />
          <Bar width="100%" height={64} />
        </div>
      ) : (
        <FailureLine
          title="The request could not be loaded."
          why={failureText(details.error)}
          onRetry={() => details.refetch()}
        />
      )}
    </div>
  );
}

function Exchange({ details: { request, response, attempts } }: { details: HookDeliveryDetails }) {
  if (attempts === 0) {
    return (
      <>
        <p className="text-muted">Nothing was sent yet.</p>
        <TextBlock label="Request body" text={readableBody(request.body)} copied={request.body} />
      </>
    );
  }
  return (
    <>
      <section aria-label="Request" className="flex flex-col gap-2">
        <h4 className="font-semibold">Request</h4>
        <p className="font-mono [overflow-wrap:anywhere]">POST {request.url}</p>
        <TextBlock label="Request headers" text={headerLines(request.headers)} />
        <TextBlock label="Request body" text={readableBody(request.body)} copied={request.body} />
      </section>
      <section aria-label="Response" className="flex flex-col gap-2">
        <h4 className="font-semibold">Response</h4>
        {response ? (
          <>
            <p className="font-mono">Status {response.status_code}</p>
            <TextBlock label="Response headers" text={headerLines(response.headers)} />
            {response.body === '' ? (
              <p className="text-muted">It had no body.</p>
            ) : (
              <TextBlock label="Response body" text={readableBody(response.body)} copied={response.body} />
            )}
          </>
        ) : (
          <p className="text-muted">No answer came.</p>
        )}
      </section>
    </>
  );
}
