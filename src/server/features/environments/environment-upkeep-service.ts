import type { Clock } from '../../clock.ts';
import { ShiplogFault } from '../../errors.ts';
import type { Job } from '../../jobs/job-runner.ts';
import { type Deed, writeAudit } from '../../log/audit-log.ts';
import type { Structure } from '../../log/structure.ts';
import type { Principal } from '../../principal.ts';
import { requireMaintainer } from '../../require-level.ts';
import type { Project } from '../projects/project-types.ts';
import type { ProtectionService } from '../protected-environments/protection-service.ts';
import type { EnvironmentStore } from './environment-store.ts';
import type { Environment } from './environment-types.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const weekMs = 7 * dayMs;
/** So many are stopped or deleted in one transaction. */
const batch = 100;
const reviewFolder = 'review';

export interface ReviewCleanup {
  /** Only those made before; undefined: thirty days ago. */
  readonly before: number | undefined;
  readonly limit: number;
  /** Only tells what would be deleted. */
  readonly dryRun: boolean;
}

/** What keeps environments tidy: by hand many at once, and by itself those that are due. */
export class EnvironmentUpkeepService {
  readonly jobs: readonly Job[] = [
    { name: 'stop-due-environments', everyMs: minuteMs, run: (now) => this.#stopDue(now) },
    { name: 'delete-due-environments', everyMs: 60 * minuteMs, run: (now) => this.#deleteDue(now) },
  ];
  readonly #store: EnvironmentStore;
  readonly #structure: Structure;
  readonly #protections: Pick<ProtectionService, 'matching'>;
  readonly #clock: Clock;

  constructor(
    store: EnvironmentStore,
    structure: Structure,
    protections: Pick<ProtectionService, 'matching'>,
    clock: Clock,
  ) {
    this.#store = store;
    this.#structure = structure;
    this.#protections = protections;
    this.#clock = clock;
  }

  /**
   * Stops those that were neither changed nor deployed to since a moment, a week to ten years ago, and are not protected.
   * Throws `forbidden`, and `rule_refused` for another moment.
   */
  async stopStale(principal: Principal, project: Project, before: number): Promise<void> {
    requireMaintainer(principal, project);
    const now = this.#clock();
    if (before > now - weekMs || before < tenYearsBefore(now)) {
      throw new ShiplogFault('rule_refused', 'Invalid Date', { subject: 'before' });
    }
    const { stale, position } = await this.#store.stale(project.id, before);
    const ids: number[] = [];
    for (const environment of stale) {
      const protections = await this.#protections.matching(project, environment);
      if (protections.length === 0) ids.push(environment.id);
    }
    for (let at = 0; at < ids.length; at += batch) {
      const some = ids.slice(at, at + batch);
      await this.#structure.change(async (session) => {
        const untouched = await this.#store.untouched(session, some, { before, position });
        const place = { at: now, author: principal, projectId: project.id, groupId: null };
        for (const { name } of await this.#store.stop(session, untouched, now)) {
          const deed: Deed = { action: 'environment_stopped', details: { environment: name } };
          await writeAudit(session.kysely, { ...place, ...deed });
        }
      });
    }
  }

  /** Sees to it that stopped environments of review apps are deleted in a week, and answers which. Throws `forbidden`. */
  async cleanUpReviews(principal: Principal, project: Project, cleanup: ReviewCleanup): Promise<Environment[]> {
    requireMaintainer(principal, project);
    const now = this.#clock();
    const before = cleanup.before ?? now - 30 * dayMs;
    const found = await this.#store.stoppedIn(project.id, reviewFolder, before, cleanup.limit);
    const ids = found.map(({ id }) => id);
    if (cleanup.dryRun) return found;
    await this.#store.scheduleDeletion(ids, now + weekMs, {
      at: now,
      author: principal,
      projectId: project.id,
      groupId: null,
      action: 'review_environments_cleaned_up',
      details: { environments: ids.length, made_before: new Date(before).toISOString() },
    });
    return found;
  }

  async #stopDue(now: number): Promise<void> {
    while ((await this.#store.dueToStop(now, 1)).length > 0) {
      await this.#structure.change(async (session) =>
        this.#store.stop(session, await this.#store.dueToStop(now, batch, session.kysely), now),
      );
    }
  }

  async #deleteDue(now: number): Promise<void> {
    let due: number[];
    do {
      due = await this.#store.dueToDelete(now, batch);
      if (due.length > 0) await this.#deleteAll(due, now);
    } while (due.length === batch);
  }

  #deleteAll(ids: readonly number[], now: number): Promise<void> {
    return this.#structure.change(
      async (session) => {
        for (const id of ids) await this.#store.delete(session, id, now);
      },
      { shown: true },
    );
  }
}

function tenYearsBefore(now: number): number {
  const then = new Date(now);
  return then.setUTCFullYear(then.getUTCFullYear() - 10);
}
