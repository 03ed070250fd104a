import { githubHookShape } from '../apis/github/hook-shape.ts';
import { gitlabHookShape } from '../apis/gitlab/deployment-hook-view.ts';
import { standardHookShape } from '../apis/native/standard-hook-view.ts';
import type { Config } from '../config.ts';
import { deliveryReport } from '../features/webhooks/delivery-report.ts';
import { deliveryRetention } from '../features/webhooks/delivery-retention.ts';
import { DeliverySender } from '../features/webhooks/delivery-sender.ts';
import { DeliveryService } from '../features/webhooks/delivery-service.ts';
import { DeliveryStore } from '../features/webhooks/delivery-store.ts';
import { Dispatcher } from '../features/webhooks/dispatcher.ts';
import { HookStore } from '../features/webhooks/hook-store.ts';
import { NoticeExpander } from '../features/webhooks/notice-expander.ts';
import { NoticeStore } from '../features/webhooks/notice-store.ts';
import { WebhookService } from '../features/webhooks/webhook-service.ts';
import { OutgoingAddresses, type ResolveHost } from '../http/outgoing-address.ts';
import { OutgoingRequests } from '../http/outgoing-requests.ts';
import { SecretBox } from '../secret-box.ts';
import { version } from '../version.ts';
import type { Base, WiredLog } from './log-wiring.ts';

/** How names of hosts that users give are resolved, and how long requests to them may take in all. */
export interface Outgoing {
  readonly resolve?: ResolveHost;
  readonly limitMs?: number;
}

/** Who is told of deployments, and how that goes. */
export function wireHooks(
  { database, clock, newId, logger }: Base,
  { structure, metrics }: WiredLog,
  config: Config,
  outgoing: Outgoing = {},
) {
  let ownUrl = config.publicUrl ?? `http://${config.host}:${config.port}`;
  const shapes = {
    github: githubHookShape(() => ownUrl),
    gitlab: gitlabHookShape(() => ownUrl),
    standard: standardHookShape,
  };
  const secrets = new SecretBox(config);
  const addresses = new OutgoingAddresses(config.webhookAllowedHosts ?? [], outgoing.resolve);
  const requests = new OutgoingRequests(addresses, outgoing.limitMs);
  const sender = new DeliverySender(requests, secrets, shapes, `Shiplog/${version}`);
  const notices = new NoticeStore(database);
  const deliveryStore = new DeliveryStore(database);
  const webhooks = new WebhookService(new HookStore(database), structure, secrets, addresses, clock);
  const expander = new NoticeExpander({
    notices,
    shapes,
    clock,
    newId,
    onError: (error, { topic, deploymentId }) =>
      logger.error({ err: error, topic, deployment: deploymentId }, 'A notice for webhooks was dropped.'),
  });
  const report = deliveryReport(logger, (outcome) => metrics.countDelivery(outcome));
  return {
    webhooks,
    deliveries: new DeliveryService(webhooks, deliveryStore, notices, sender, clock),
    dispatcher: new Dispatcher(deliveryStore, expander, sender, clock, report),
    retention: deliveryRetention(deliveryStore),
    /** Told where the server listens, which is not known before it does. */
    listensAt: (url: string) => {
      ownUrl = config.publicUrl ?? url;
    },
  };
}
