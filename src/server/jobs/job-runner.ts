import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { LeaseStore } from './lease-store.ts';

/** A duty that one node carries out every so often. */
export interface Job {
  readonly name: string;
  readonly everyMs: number;
  readonly run: (now: number) => Promise<void>;
}

/** How often a job is looked at: a server that is restarted more often than a job is due still comes to run it. */
const lookEveryMs = 60_000;

/**
 * Runs each job on one node at a time: whoever takes the job's lease runs it, and the lease lasts until the next run is
 * due. A node that dies holds nothing longer than that.
 */
export class JobRunner {
  readonly #leases: LeaseStore;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly jobs: readonly Job[];
  readonly #holder = randomUUID();
  readonly #timers: NodeJS.Timeout[] = [];
  #running: Promise<void> = Promise.resolve();

  constructor(leases: LeaseStore, clock: Clock, logger: Logger, jobs: readonly Job[]) {
    this.#leases = leases;
    this.#clock = clock;
    this.#logger = logger;
    this.jobs = jobs;
  }

  start(): void {
    for (const job of this.jobs) {
      const timer = setInterval(
        () => {
          this.#running = this.#running.then(() => this.runOnce(job));
        },
        Math.min(lookEveryMs, job.everyMs),
      );
      this.#timers.push(timer.unref());
    }
  }

  /** Runs a job now, unless another node has done so lately. A failure is logged; the next turn tries again. */
  async runOnce(job: Job): Promise<void> {
    try {
      const now = this.#clock();
      const until = now + job.everyMs - job.everyMs / 10;
      if (await this.#leases.take(job.name, this.#holder, now, until)) await job.run(now);
    } catch (error) {
      this.#logger.warn({ err: error, job: job.name }, 'A job failed; it will be tried again.');
    }
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#running;
  }
}
