import { githubMeaning } from '../apis/incoming/github-meaning.ts';
import { gitlabMeaning } from '../apis/incoming/gitlab-meaning.ts';
import type { Config } from '../config.ts';
import type { DeploymentService } from '../features/deployments/deployment-service.ts';
import { IncomingApplier, type IncomingApplierParts } from '../features/incoming/incoming-applier.ts';
import { IncomingDeliveryStore } from '../features/incoming/incoming-delivery-store.ts';
import { IncomingInboxService } from '../features/incoming/incoming-inbox-service.ts';
import { IncomingReceiver } from '../features/incoming/incoming-receiver.ts';
import { incomingRetention } from '../features/incoming/incoming-retention.ts';
import { IncomingSecretService } from '../features/incoming/incoming-secret-service.ts';
import { IncomingSecretStore } from '../features/incoming/incoming-secret-store.ts';
import type { ProjectService } from '../features/projects/project-service.ts';
import type { RetentionService } from '../features/retention/retention-service.ts';
import { SecretBox } from '../secret-box.ts';
import type { Base } from './log-wiring.ts';

/** Webhooks of other tools: who may send them, and what becomes of them. */
export function wireIncoming(
  { database, clock, logger }: Base,
  projects: ProjectService,
  deployments: DeploymentService,
  {
    changes,
    fetch,
    retention,
  }: Pick<IncomingApplierParts, 'changes' | 'fetch'> & { readonly retention: RetentionService },
  config: Config,
) {
  const box = new SecretBox(config);
  const secretStore = new IncomingSecretStore(database);
  const deliveries = new IncomingDeliveryStore(database);
  const applier = new IncomingApplier({
    deliveries,
    projects,
    deployments,
    changes,
    fetch,
    interpreters: { github: githubMeaning, gitlab: gitlabMeaning },
    clock,
    isUnavailable: database.isUnavailable,
    observer: {
      failed: (error, { id, projectId, source, event }) =>
        logger.error(
          { err: error, id, project: projectId, source, event },
          'An incoming webhook could not be applied.',
        ),
      putOff: (error) =>
        logger.warn({ err: error }, 'Incoming webhooks wait: the database did not answer. The next turn tries again.'),
    },
  });
  const notice = () => applier.notice();
  return {
    incoming: {
      receiver: new IncomingReceiver({
        projects,
        secrets: secretStore,
        deliveries,
        box,
        clock,
        onStored: notice,
        onSealed: (error, project) =>
          logger.error({ err: error, project }, 'A secret for incoming webhooks cannot be opened.'),
      }),
      secrets: new IncomingSecretService(projects, secretStore, box, clock),
      inbox: new IncomingInboxService(projects, deliveries, notice),
      applier,
      retention: incomingRetention(deliveries, (state) =>
        retention.daysOf(state === 'applied' ? 'incoming_recorded' : 'incoming_other'),
      ),
    },
  };
}
