import type { ShiplogClient } from '../../src/client/shiplog-client.ts';
import type { DeploymentEvent } from '../../src/contract/deployment-event.ts';

/** All pages of the event list, by position. */
export async function everyEvent(client: ShiplogClient): Promise<DeploymentEvent[]> {
  const events: DeploymentEvent[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.deployments({ limit: '500', ...(cursor === undefined ? {} : { cursor }) });
    events.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  return events.sort((a, b) => a.position - b.position);
}

/** 1, 2, 3 ... count */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
