import type { Logger } from '../../logger.ts';
import type { DispatchObserver } from './dispatcher.ts';

/** What is told of deliveries to operators: no URL, since it may hold a secret. */
export function deliveryReport(logger: Logger, count: (outcome: string) => void): DispatchObserver {
  return {
    attempted: (outcome, { id: hook, projectId: project }, { id: delivery }, reason) => {
      count(outcome);
      if (outcome === 'given_up') logger.warn({ hook, project, delivery, reason }, 'A webhook delivery was given up.');
    },
    sealed: (error, { id: hook, projectId: project }) => {
      count('sealed');
      logger.warn({ err: error, hook, project }, 'A webhook waits: this server cannot open its secrets.');
    },
    failed: (error) => logger.warn({ err: error }, 'Webhooks wait for the database; they will be tried again.'),
  };
}
