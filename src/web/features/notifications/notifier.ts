import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { projectName } from '../../lib/project-name.ts';
import { shortVersion } from '../../lib/short-version.ts';
import { occasions } from './occasions.ts';
import { isPlace } from './rule-match.ts';
import { type NotificationRule, notificationRules } from './rules-store.ts';
import { showNotification } from './show-notification.ts';

/** More than so many within the time are told of together. */
const crowd = { most: 5, withinMs: 10_000 } as const;

interface Destinations {
  readonly toDeployment: (number: number) => void;
  readonly toActivity: () => void;
}

/** Shows a notification for a transition that a rule asks for. */
export class Notifier {
  readonly #client: ShiplogClient;
  readonly #go: Destinations;
  #shownAt: readonly number[] = [];
  #manyAt = 0;

  constructor(client: ShiplogClient, go: Destinations) {
    this.#client = client;
    this.#go = go;
  }

  async tell(event: DeploymentEvent): Promise<void> {
    const occasion = await this.#occasionOf(event);
    if (occasion === undefined) return;
    const now = Date.now();
    this.#shownAt = this.#shownAt.filter((at) => now - at < crowd.withinMs);
    if (this.#shownAt.length >= crowd.most) return this.#tellOfMany(now);
    this.#shownAt = [...this.#shownAt, now];
    const { deployment_number: number, environment, actor, status } = event;
    const verb = occasions.find(({ key }) => key === occasion)?.verb ?? `is ${status} in`;
    showNotification({
      title: `${projectName(event)} ${shortVersion(event)} ${verb} ${environment}`,
      body: actor === undefined ? '' : `by ${actor}`,
      // The same fact told twice, by whatever way, is one notification.
      tag: `shiplog-${number}-${status}`,
      onClick: () => this.#go.toDeployment(number),
    });
  }

  #tellOfMany(now: number): void {
    if (now - this.#manyAt < crowd.withinMs) return;
    this.#manyAt = now;
    showNotification({
      title: 'More deployments changed',
      body: 'There are more than are shown one by one.',
      tag: 'shiplog-more',
      onClick: () => this.#go.toActivity(),
    });
  }

  /** What of it is to be told; whose approval it waits for only the server knows. */
  async #occasionOf(event: DeploymentEvent): Promise<string | undefined> {
    const rules = notificationRules().filter((rule) => isPlace(rule, event));
    const asks = (key: string) => rules.some((rule: NotificationRule) => rule.occasions.includes(key));
    if (event.status === 'waiting' && asks('approval')) {
      const state = await this.#client.approvals(event.deployment_number).catch(() => undefined);
      if (state?.may_approve) return 'approval';
    }
    return asks(event.status) ? event.status : undefined;
  }
}
