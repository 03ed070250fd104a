import type { Kysely } from 'kysely';
import { type Status, statuses, statusTable } from '../../../contract/statuses.ts';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import { type AuditEntry, writeAudit } from '../../log/audit-log.ts';
import { heldWords } from '../deployments/request-types.ts';
import type { Approval, Decision, DecisionStatus } from './approval-types.ts';
import type { DeploymentNow, Verdict } from './judge-decision.ts';

export interface NewDecision {
  readonly deploymentId: number;
  readonly projectId: number;
  readonly userId: number;
  readonly decision: Decision;
  readonly at: number;
}

/** So many events are looked through at a time for what is held back: other work goes on in between. */
const sliceSize = 500;

/** Reads and writes what was decided. Decisions are made one after the other in the whole installation. */
export class ApprovalStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By deployment, each in the order in which they were made. */
  async ofDeployments(ids: readonly number[]): Promise<ReadonlyMap<number, Approval[]>> {
    return approvalsOf(this.#database.read, ids);
  }

  /**
   * Judges a decision by the deployment as it is, under the log lock, and stores what comes of it: the approval, its audit
   * entry, and what the project's hooks are to be told. Answers it and all approvals of the deployment; `isNew` is false
   * where it said what stood already.
   */
  decide(
    made: NewDecision,
    audit: AuditEntry,
    judge: (now: DeploymentNow | undefined) => Verdict,
  ): Promise<{ readonly approval: Approval; readonly all: readonly Approval[]; readonly isNew: boolean }> {
    const { deploymentId } = made;
    return this.#database.logTransaction(async ({ kysely: tx }) => {
      const before = await approvalsNow(tx, deploymentId);
      const verdict = judge(await deploymentNow(tx, deploymentId, before));
      if (verdict.kind === 'stands') return { approval: verdict.approval, all: before, isNew: false };
      const id = await write(tx, made, verdict);
      await writeAudit(tx, audit);
      await tellHooks(tx, made);
      const all = await approvalsNow(tx, deploymentId);
      const approval = all.find((each) => each.id === id);
      if (!approval) throw new RangeError('An approval that was written can be read.');
      return { approval, all, isNew: true };
    });
  }

  /**
   * Deployments that wait although something was decided about them since a moment (epoch milliseconds); undefined: of
   * any project.
   */
  async decidedButWaiting(since: number, projectId: number | undefined): Promise<number[]> {
    const rows = await this.#database.read
      .selectFrom('deployment_approvals as a')
      .innerJoin('deployments as d', 'd.id', 'a.deployment_id')
      .select('d.id')
      .distinct()
      .where('a.updated_at', '>', since)
      .where('d.status', '=', 'waiting')
      .where('d.deleted', 'is', null)
      .where((eb) => (projectId === undefined ? eb.and([]) : eb('d.project_id', '=', projectId)))
      .execute();
    return rows.map(({ id }) => id);
  }

  /**
   * Deployments that asked to run and were made to wait, among a number of events before a position that something waits;
   * `next` goes on. Not those of which a tool told, under a key of its own, that they wait elsewhere.
   */
  async heldBack(
    before: number | undefined,
    projectId: number | undefined,
  ): Promise<{ readonly ids: readonly number[]; readonly next: number | undefined }> {
    let events = this.#database.read.selectFrom('waits').select(['position', 'deployment_id']);
    if (before !== undefined) events = events.where('position', '<', before);
    const told = await events.orderBy('position', 'desc').limit(sliceSize).execute();
    if (told.length === 0) return { ids: [], next: undefined };
    const positions = new Set(told.map(({ position }) => position));
    const rows = await this.#database.read
      .selectFrom('deployments as d')
      .select(['d.id', 'd.status_position'])
      .where('d.id', 'in', [...new Set(told.map(({ deployment_id }) => deployment_id))])
      .where('d.status', '=', 'waiting')
      .where('d.word', 'in', heldWords)
      .where('d.key', 'is', null)
      .where('d.deleted', 'is', null)
      .where((eb) => (projectId === undefined ? eb.and([]) : eb('d.project_id', '=', projectId)))
      .execute();
    const ids = rows.filter(({ status_position }) => positions.has(status_position)).map(({ id }) => id);
    return { ids, next: told.length === sliceSize ? told.at(-1)?.position : undefined };
  }

  /**
   * Forgets up to `limit` events by which deployments came to wait that have gone on since, so that what waits is found
   * among few; answers whether there may be more of them.
   */
  async forgetOvertaken(limit: number): Promise<boolean> {
    const rows = await this.#database.read
      .selectFrom('waits as w')
      .innerJoin('deployments as d', 'd.id', 'w.deployment_id')
      .select('w.position')
      .whereRef('d.status_position', '<>', 'w.position')
      .orderBy('w.position')
      .limit(limit)
      .execute();
    if (rows.length === 0) return false;
    const positions = rows.map(({ position }) => position);
    await this.#database.transaction((tx) => tx.deleteFrom('waits').where('position', 'in', positions).execute());
    return rows.length === limit;
  }
}

async function approvalsNow(tx: Kysely<Schema>, deploymentId: number): Promise<Approval[]> {
  return (await approvalsOf(tx, [deploymentId])).get(deploymentId) ?? [];
}

/** Those of the present attempt: what was decided about an earlier run of a pipeline does not hold for the next. */
async function approvalsOf(db: Kysely<Schema>, ids: readonly number[]): Promise<ReadonlyMap<number, Approval[]>> {
  const found = new Map<number, Approval[]>();
  if (ids.length === 0) return found;
  const rows = await db
    .selectFrom('deployment_approvals as a')
    .innerJoin('users as u', 'u.id', 'a.user_id')
    .selectAll('a')
    .select(['u.username', 'u.name', 'u.state'])
    .where('a.deployment_id', 'in', ids)
    .orderBy('a.id')
    .execute();
  const ends = await lastAttemptsEnd(
    db,
    rows.map(({ deployment_id }) => deployment_id),
  );
  for (const row of rows) {
    if (row.position < (ends.get(row.deployment_id) ?? 0)) continue;
    const approval: Approval = {
      id: row.id,
      user: { id: row.user_id, username: row.username, name: row.name, state: row.state },
      ruleId: row.rule_id,
      status: row.status as DecisionStatus, // written by write
      comment: row.comment,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    };
    found.set(row.deployment_id, [...(found.get(row.deployment_id) ?? []), approval]);
  }
  return found;
}

/** By deployment, where the attempt before the present one ended: the last end that the deployment waited after. */
async function lastAttemptsEnd(db: Kysely<Schema>, ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('events as e')
    .select(({ fn }) => ['e.deployment_id', fn.max('e.position').as('position')])
    .where('e.deployment_id', 'in', [...new Set(ids)])
    .where((eb) => eb.or([eb('e.status', 'in', finished), eb('e.act', '=', 'delete')]))
    .where('e.position', '<', (eb) =>
      eb
        .selectFrom('events as o')
        .select(({ fn }) => fn.max('o.position').as('position'))
        .whereRef('o.deployment_id', '=', 'e.deployment_id')
        .where('o.status', 'in', open),
    )
    .groupBy('e.deployment_id')
    .execute();
  return new Map(rows.map(({ deployment_id, position }) => [deployment_id, position]));
}

const open = statuses.filter((status) => statusTable[status].phase === 'open');
const finished = statuses.filter((status) => statusTable[status].phase === 'finished');

async function deploymentNow(
  tx: Kysely<Schema>,
  id: number,
  approvals: readonly Approval[],
): Promise<DeploymentNow | undefined> {
  const row = await tx
    .selectFrom('deployments as d')
    .innerJoin('projects as p', 'p.id', 'd.project_id')
    .select(['d.id', 'd.user_id', 'd.status', 'p.allow_self_approval'])
    .where('d.id', '=', id)
    .where('d.deleted', 'is', null)
    .executeTakeFirst();
  return (
    row && {
      // A status was stored.
      state: { id, userId: row.user_id, latest: { status: row.status as Status } },
      allowSelfApproval: row.allow_self_approval === 1,
      approvals,
    }
  );
}

async function write(
  tx: Kysely<Schema>,
  { deploymentId, userId, decision: { status, comment }, at }: NewDecision,
  { changes, ruleId }: Extract<Verdict, { kind: 'decides' }>,
): Promise<number> {
  const values = { status, comment, updated_at: at };
  if (changes) {
    await tx.updateTable('deployment_approvals').set(values).where('id', '=', changes.id).execute();
    return changes.id;
  }
  const { position } = await tx.selectFrom('log_head').select('position').executeTakeFirstOrThrow();
  const row = { ...values, deployment_id: deploymentId, user_id: userId, rule_id: ruleId, position, created_at: at };
  return (await tx.insertInto('deployment_approvals').values(row).returning('id').executeTakeFirstOrThrow()).id;
}

async function tellHooks(tx: Kysely<Schema>, { deploymentId, projectId, userId, decision, at }: NewDecision) {
  const hook = await tx.selectFrom('hooks').select('id').where('project_id', '=', projectId).executeTakeFirst();
  if (!hook) return;
  const { status, comment } = decision;
  const body = JSON.stringify({ deploymentId, projectId, status, userId, comment, at });
  const row = { topic: 'approval', position: 0, body, created_at: at, next_attempt_at: at, attempts: 0 };
  await tx.insertInto('outbox').values(row).execute();
}
