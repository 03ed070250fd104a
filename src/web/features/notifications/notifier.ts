import { DeploymentsClient } from '../../../client/deployments-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { projectName } from '../../lib/project-name.ts';
import { shortVersion } from '../../lib/short-version.ts';
import { occasions } from './occasions.ts';
import { isPlace } from './rule-match.ts';
import { type NotificationRule, notificationRules } from './rules-store.ts';
import { showNotification } from './show-notification.ts';
import { isTransition } from './transitions.ts';

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
  #told: Promise<void> = Promise.resolve();

  constructor(client: ShiplogClient, go: Destinations) {
    this.#client = client;
    this.#go = go;
  }

  /**
   * Tells in the order of the calls. `isSure`: it is known to be a transition; else the server says what was told of the
   * deployment before.
   */
  tell(event: DeploymentEvent, isSure: boolean): void {
    this.#told = this.#told.then(() => this.#tellNext(event, isSure));
  }

  async #tellNext(event: DeploymentEvent, isSure: boolean): Promise<void> {
    const occasion = await this.#occasionOf(event);
    if (occasion === undefined || !(isSure || (await this.#isTransition(event)))) return;
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

  /** One that cannot be told from a repeat is shown: twice is better than not at all. */
  async #isTransition(event: DeploymentEvent): Promise<boolean> {
    const details = await new DeploymentsClient(this.#client.requests)
      .one(event.deployment_number)
      .catch(() => undefined);
    return details === undefined || isTransition(event, details.events);
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
