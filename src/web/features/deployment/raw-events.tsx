import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { formatDateTime } from '../../lib/time-format.ts';
import { usePrinting } from '../../lib/use-printing.ts';
import { statusLook } from '../../ui/status-look.ts';
import { TextBlock } from '../../ui/text-block.tsx';

/** The events as they were stored, to read and to copy. */
export function RawEvents({ events }: { events: readonly DeploymentEvent[] }) {
  return (
    <section aria-labelledby="deployment-raw">
      <h2 id="deployment-raw" className="pb-1 font-semibold">
        Raw events <span className="pl-1 font-normal text-muted">{events.length.toLocaleString()}</span>
      </h2>
      <ul className="border-t">
        {events.map((event) => (
          <RawEvent key={event.id} event={event} />
        ))}
      </ul>
    </section>
  );
}

function RawEvent({ event }: { event: DeploymentEvent }) {
  const [isOpened, setOpened] = useState(false);
  const isPrinting = usePrinting();
  const isOpen = isOpened || isPrinting;
  const id = useId();
  const { word } = statusLook(event.status);
  return (
    <li className="border-b">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpened(!isOpened)}
        className="flex w-full items-center gap-2 py-1.5 text-left hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          size={13}
          className={`shrink-0 text-muted transition-transform duration-100 print:hidden ${isOpen ? 'rotate-90' : ''}`}
        />
        <span>{word}</span>
        <span className="text-sm text-muted">{formatDateTime(Date.parse(event.happened_at))}</span>
        <span className="ml-auto text-sm text-muted">position {event.position.toLocaleString()}</span>
      </button>
      <div id={id} hidden={!isOpen} className="pb-2">
        {isOpen ? <TextBlock label={`Event ${event.position}`} text={JSON.stringify(event, null, 2)} /> : null}
      </div>
    </li>
  );
}
