import { githubHookShape } from '../apis/github/hook-shape.ts';
import { gitlabHookShape } from '../apis/gitlab/deployment-hook-view.ts';
import { standardHookShape } from '../apis/native/standard-hook-view.ts';
import type { Config } from '../config.ts';
import type { ProjectService } from '../features/projects/project-service.ts';
import type { RetentionService } from '../features/retention/retention-service.ts';
import { DeliveryLogStore } from '../features/webhooks/delivery-log-store.ts';
import { DeliveryQueueStore } from '../features/webhooks/delivery-queue-store.ts';
import { deliveryReport } from '../features/webhooks/delivery-report.ts';
import { deliveryRetention } from '../features/webhooks/delivery-retention.ts';
import { DeliverySender } from '../features/webhooks/delivery-sender.ts';
import { DeliveryService } from '../features/webhooks/delivery-service.ts';
import { Dispatcher } from '../features/webhooks/dispatcher.ts';
import { HandDelivery } from '../features/webhooks/hand-delivery.ts';
import { HookEditor } from '../features/webhooks/hook-editor.ts';
import { HookStore } from '../features/webhooks/hook-store.ts';
import { NoticeExpander } from '../features/webhooks/notice-expander.ts';
import { NoticeStore } from '../features/webhooks/notice-store.ts';
import { TrialMessages } from '../features/webhooks/trial-messages.ts';
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
  { projects, retention }: { readonly projects: ProjectService; readonly retention: RetentionService },
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
  const queue = new DeliveryQueueStore(database);
  const deliveryLog = new DeliveryLogStore(database);
  const editor = new HookEditor(shapes, addresses, secrets, clock);
  const webhooks = new WebhookService(new HookStore(database), structure, editor, projects, clock);
  const trials = new TrialMessages(notices, shapes, clock);
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
    deliveries: new DeliveryService(webhooks, deliveryLog, trials, new HandDelivery(queue, sender, clock)),
    dispatcher: new Dispatcher(queue, expander, sender, clock, report),
    retention: deliveryRetention(deliveryLog, () => retention.daysOf('webhook_deliveries')),
    /** Told where the server listens, which is not known before it does. */
    listensAt: (url: string) => {
      ownUrl = config.publicUrl ?? url;
    },
  };
}
