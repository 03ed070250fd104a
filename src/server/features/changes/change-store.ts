import { inChunks } from '../../db/chunks.ts';
import type { Database } from '../../db/database.ts';
import { type ChangeRow, changeOf } from './change-row.ts';
import type { Change, ChangeLandingFacts, ChangeLink, ChangeOrigin, LandingKind, ToldChange } from './change-types.ts';
import { isToldByTool, mergeChange, withoutCommits } from './merge-change.ts';

type Tx = Parameters<Parameters<Database['transaction']>[0]>[0];

/** So many rows are written in one transaction, and so many values stand in one list. */
const atOnce = 200;
const inList = 500;
/** Another node may write the same change meanwhile; each round has one writer of it come through. */
const mostRounds = 20;

/** Writes changes, and reads them by what names them. */
export class ChangeStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Puts together what is told with what is known. Of a number told twice the tellings follow each other. Answers how many changed. */
  async tell(projectId: number, changes: readonly ToldChange[], origin: ChangeOrigin): Promise<number> {
    let changed = 0;
    let rounds = 0;
    let waiting = changes;
    while (waiting.length > 0) {
      const { next, later } = lotOf(waiting);
      const { written, missed } = await this.#database.transaction((tx) => tellLot(tx, projectId, next, origin));
      changed += written;
      rounds = missed.length === 0 ? 0 : rounds + 1;
      if (rounds > mostRounds) throw writtenAgain();
      waiting = [...missed, ...later];
    }
    return changed;
  }

  /** Takes back what commits told: changes that no tool told of are removed, with their links. */
  async forgetCommits(projectId: number): Promise<void> {
    let rounds = 0;
    for (let after = 0; ; ) {
      const { last, missed } = await this.#database.transaction((tx) => forgetLot(tx, projectId, after));
      if (last === undefined) return;
      rounds = missed === 0 ? 0 : rounds + 1;
      if (rounds > mostRounds) throw writtenAgain();
      if (missed === 0) after = last;
    }
  }

  async byNumber(projectId: number, number: number): Promise<Change | undefined> {
    const rows = this.#database.read.selectFrom('changes').selectAll().where('project_id', '=', projectId);
    const row = await rows.where('number', '=', number).executeTakeFirst();
    return row && changeOf(row);
  }

  /** Where the change with the highest number is shown, of those of a project of which that is known. */
  async latestWebUrl(projectId: number): Promise<string | undefined> {
    const rows = this.#database.read.selectFrom('changes').select('web_url').where('project_id', '=', projectId);
    const told = rows.where('web_url', 'is not', null).orderBy('number', 'desc').limit(1);
    return (await told.executeTakeFirst())?.web_url ?? undefined;
  }

  async known(projectId: number, numbers: readonly number[]): Promise<ReadonlySet<number>> {
    const changes = this.#database.read.selectFrom('changes').select('number').where('project_id', '=', projectId);
    const rows = await inChunks(numbers, (some) => changes.where('number', 'in', some).execute());
    return new Set(rows.map(({ number }) => number));
  }

  /** Gives a change the next number of its project, and answers that. */
  async add(projectId: number, told: Omit<ToldChange, 'number'>): Promise<number> {
    for (let round = 0; round < mostRounds; round += 1) {
      const added = await this.#database.transaction(async (tx) => {
        const changes = tx.selectFrom('changes').where('project_id', '=', projectId);
        const last = await changes.select((eb) => eb.fn.max('number').as('number')).executeTakeFirst();
        return insert(tx, projectId, [{ ...told, number: Number(last?.number ?? 0) + 1 }], 'tool');
      });
      const [number] = added;
      if (number !== undefined) return number;
    }
    throw writtenAgain();
  }

  async openFrom(
    projectId: number,
    { sourceBranch, targetBranch }: Pick<ToldChange, 'sourceBranch' | 'targetBranch'>,
  ): Promise<Change | undefined> {
    if (sourceBranch == null || targetBranch == null) return undefined;
    const row = await this.#database.read
      .selectFrom('changes')
      .selectAll()
      .where('project_id', '=', projectId)
      .where('state', '=', 'opened')
      .where('source_branch', '=', sourceBranch)
      .where('target_branch', '=', targetBranch)
      .orderBy('number')
      .limit(1)
      .executeTakeFirst();
    return row && changeOf(row);
  }

  async byIds(ids: readonly number[]): Promise<Change[]> {
    const changes = this.#database.read.selectFrom('changes').selectAll();
    const rows = await inChunks(ids, (some) => changes.where('id', 'in', some).execute());
    return rows.map(changeOf);
  }

  /** Of a whole project, by number. */
  async landingFacts(projectId: number): Promise<ChangeLandingFacts[]> {
    const rows = await this.#database.read
      .selectFrom('changes')
      .select(['id', 'number', 'state', 'merge_commit_sha', 'squash_commit_sha', 'head_sha', 'told'])
      .where('project_id', '=', projectId)
      .orderBy('number')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      number: row.number,
      state: row.state as Change['state'], // one was stored
      mergeCommitSha: row.merge_commit_sha,
      squashCommitSha: row.squash_commit_sha,
      headSha: row.head_sha,
      toldShas: (['merge_commit_sha', 'squash_commit_sha'] as const).flatMap((column) => {
        const sha = row[column];
        return sha !== null && isToldByTool(row.told, column) ? [sha] : [];
      }),
    }));
  }

  /** The earliest link to an environment of the tier production that is still there. */
  async firstInProduction(changeId: number): Promise<number | null> {
    const first = await this.#database.read
      .selectFrom('change_deployments as l')
      .innerJoin('environments as n', 'n.id', 'l.environment_id')
      .select('l.deployed_at')
      .where('l.change_id', '=', changeId)
      .where('n.tier', '=', 'production')
      .where('n.deleted_at', 'is', null)
      .orderBy('l.deployed_at')
      .limit(1)
      .executeTakeFirst();
    return first?.deployed_at ?? null;
  }

  /** In the order in which they were deployed. */
  async links(changeIds: readonly number[]): Promise<ChangeLink[]> {
    const links = this.#database.read.selectFrom('change_deployments').selectAll().orderBy('deployed_at');
    const rows = await inChunks(changeIds, (some) => links.where('change_id', 'in', some).execute());
    return rows.map((row) => ({
      changeId: row.change_id,
      environmentId: row.environment_id,
      deploymentId: row.deployment_id,
      deployedAt: row.deployed_at,
      landed: row.landed as LandingKind, // one was stored
    }));
  }
}

/** The first of them, no number twice, and the rest. */
function lotOf(changes: readonly ToldChange[]) {
  const next = new Map<number, ToldChange>();
  const later: ToldChange[] = [];
  for (const change of changes) {
    if (next.size < atOnce && !next.has(change.number)) next.set(change.number, change);
    else later.push(change);
  }
  return { next: [...next.values()], later };
}

/** `missed`: another node has written them since they were read. */
async function tellLot(tx: Tx, projectId: number, lot: readonly ToldChange[], origin: ChangeOrigin) {
  const numbers = lot.map(({ number }) => number);
  const rows = await tx
    .selectFrom('changes')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('number', 'in', numbers)
    .execute();
  const known = new Map<number, ChangeRow>(rows.map((row) => [row.number, row]));
  const fresh = lot.filter(({ number }) => !known.has(number));
  const added = await insert(tx, projectId, fresh, origin);
  const missed = fresh.filter(({ number }) => !added.has(number));
  let written = added.size;
  for (const told of lot) {
    const row = known.get(told.number);
    if (!row) continue;
    const merged = mergeChange(factsOf(row), told, origin);
    if (!merged) continue;
    if (await write(tx, row, merged)) written += 1;
    else missed.push(told);
  }
  return { written, missed };
}

/** `missed`: another node has written them since they were read. */
async function forgetLot(tx: Tx, projectId: number, after: number) {
  const changes = tx.selectFrom('changes').selectAll().where('project_id', '=', projectId);
  const rows: ChangeRow[] = await changes.where('number', '>', after).orderBy('number').limit(inList).execute();
  const left = rows.map((row) => ({ row, facts: withoutCommits(factsOf(row), row.number) }));
  const gone = left.flatMap(({ row, facts }) => (facts === null ? row.id : []));
  if (gone.length > 0) {
    await tx.deleteFrom('change_deployments').where('change_id', 'in', gone).execute();
    await tx.deleteFrom('changes').where('id', 'in', gone).execute();
  }
  let missed = 0;
  for (const { row, facts } of left) {
    if (facts && !(await write(tx, row, facts))) missed += 1;
  }
  return { last: rows.at(-1)?.number, missed };
}

/** Answers whether it was still as it was read: each writing makes `told` another text. */
async function write(tx: Tx, { id, told }: ChangeRow, facts: ReturnType<typeof factsOf>): Promise<boolean> {
  const update = tx.updateTable('changes').set(facts).where('id', '=', id).where('told', '=', told);
  return (await update.executeTakeFirstOrThrow()).numUpdatedRows > 0n;
}

function factsOf({ id: _id, project_id: _project, number: _number, ...facts }: ChangeRow) {
  return facts;
}

function writtenAgain(): Error {
  return new Error('Changes were written by others again and again.');
}

async function insert(tx: Tx, projectId: number, lot: readonly ToldChange[], origin: ChangeOrigin) {
  const values = lot.flatMap((told) => {
    const merged = mergeChange(undefined, told, origin);
    return merged ? { ...merged, project_id: projectId, number: told.number } : [];
  });
  if (values.length === 0) return new Set<number>();
  const added = await tx
    .insertInto('changes')
    .values(values)
    .onConflict((conflict) => conflict.columns(['project_id', 'number']).doNothing())
    .returning('number')
    .execute();
  return new Set(added.map(({ number }) => number));
}
