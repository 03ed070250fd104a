import type { HookDelivery } from '../../../contract/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { DeliveryMark } from './delivery-mark.tsx';

interface TestOutcomeProps {
  readonly delivery: HookDelivery;
  readonly onOpen: () => void;
}

/** How the test went that the reader has just sent. */
export function TestOutcome({ delivery, onOpen }: TestOutcomeProps) {
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 rounded bg-surface px-3 py-1.5 text-sm">
      <span className="font-medium">Test</span>
      <DeliveryMark delivery={delivery} />
      {delivery.error === null ? null : (
        <span className="min-w-0 flex-1 basis-40 break-words text-soft">{delivery.error}</span>
      )}
      <Button className="ml-auto" onClick={onOpen}>
        Show it
      </Button>
    </div>
  );
}
