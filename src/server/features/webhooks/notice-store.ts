import type { Kysely, Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { OutboxTable } from '../../db/tables/log.ts';
import { type NewDelivery, valuesOf } from './delivery-log-store.ts';
import { hookOf } from './hook-store.ts';
import { subjectStore } from './subject-store.ts';
import { type Hook, type Notice, type Subject, type SubjectProject, topics } from './webhook-types.ts';

/** Both databases bound how many values a statement may have. */
const rowsAtOnce = 500;

/** What one notice is to be told of, and to whom. Throws nothing: the notices behind it wait for the answer. */
export type ToDeliveries = (notice: Notice, subject: Subject, hooks: readonly Hook[]) => readonly NewDelivery[];

/** The outbox: notices that were written with the changes they tell of. */
export class NoticeStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Turns the oldest notices into deliveries, in one transaction: nothing is lost or doubled wherever the process ends.
   * Another node that takes them too waits for this transaction, then finds them gone, so their order stays. Answers how
   * many it took.
   */
  async take(limit: number, toDeliveries: ToDeliveries): Promise<number> {
    if (!(await oldest(this.#database.read, 1).executeTakeFirst())) return 0;
    return this.#database.transaction(async (tx) => {
      const taken = await tx.deleteFrom('outbox').where('id', 'in', oldest(tx, limit)).returningAll().execute();
      const notices = taken.toSorted((a, b) => a.id - b.id).map(noticeOf);
      const hooks = await hooksOf(tx, notices);
      const subjects = hooks.length > 0 ? await subjectStore.of(tx, notices) : [];
      const deliveries = notices.flatMap((notice, index) => {
        const subject = subjects[index];
        const ours = hooks.filter(({ projectId }) => projectId === notice.projectId);
        return subject ? toDeliveries(notice, subject, ours) : [];
      });
      for (let from = 0; from < deliveries.length; from += rowsAtOnce) {
        const rows = deliveries.slice(from, from + rowsAtOnce).map(valuesOf);
        await tx.insertInto('hook_deliveries').values(rows).execute();
      }
      return taken.length;
    });
  }

  /** undefined where there is none. */
  project(id: number): Promise<SubjectProject | undefined> {
    return subjectStore.project(this.#database.read, id);
  }

  /** A notice to try a hook with: what the newest deployment of its project would tell of, or one made up. */
  async sample(projectId: number, now: number): Promise<{ notice: Notice; subject: Subject } | undefined> {
    const { read } = this.#database;
    const newest = await subjectStore.newest(read, projectId);
    const notice: Notice = {
      topic: 'deployment',
      position: newest?.status_position ?? 0,
      projectId,
      deploymentId: newest?.id ?? 0,
      status: 'success',
      word: 'success',
      at: newest?.status_at ?? now,
      userId: undefined,
      comment: undefined,
    };
    const [found] = newest ? await subjectStore.of(read, [notice]) : [];
    const subject = found ?? (await subjectStore.invented(read, projectId, now));
    return subject && { notice, subject };
  }
}

function oldest(db: Kysely<Schema>, limit: number) {
  return db.selectFrom('outbox').select('id').where('topic', 'in', topics).orderBy('id').limit(limit);
}

async function hooksOf(tx: Kysely<Schema>, notices: readonly Notice[]): Promise<Hook[]> {
  const projectIds = [...new Set(notices.map(({ projectId }) => projectId))];
  if (projectIds.length === 0) return [];
  const rows = await tx.selectFrom('hooks').selectAll().where('project_id', 'in', projectIds).orderBy('id').execute();
  return rows.map(hookOf);
}

function noticeOf({ topic, position, body }: Selectable<OutboxTable>): Notice {
  return { word: undefined, userId: undefined, comment: undefined, ...JSON.parse(body), topic, position }; // written with the change, by us
}
