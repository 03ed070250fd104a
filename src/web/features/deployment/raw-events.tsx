import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { formatDateTime } from '../../lib/time-format.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { sectionTitle } from '../../ui/page.tsx';
import { statusLook } from '../../ui/status-look.ts';
import { TextBlock } from '../../ui/text-block.tsx';

/** The events as they were stored, to read and to copy. */
export function RawEvents({ events }: { events: readonly DeploymentEvent[] }) {
  return (
    <section aria-labelledby="deployment-raw">
      <h2 id="deployment-raw" className={`pb-1.5 ${sectionTitle}`}>
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
  const head = (
    <>
      <span>{statusLook(event.status).word}</span>
      <span className="text-sm text-muted">{formatDateTime(Date.parse(event.happened_at))}</span>
      <span className="ml-auto text-sm text-muted">position {event.position.toLocaleString()}</span>
    </>
  );
  return (
    <li className="border-b">
      <Disclosure row head={head}>
        <div className="pb-2">
          <TextBlock label={`Event ${event.position}`} text={JSON.stringify(event, null, 2)} />
        </div>
      </Disclosure>
    </li>
  );
}
