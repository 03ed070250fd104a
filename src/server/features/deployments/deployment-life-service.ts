import { compareMoments } from '../../../contract/attempts.ts';
import { notFound } from '../../errors.ts';
import type { PlacedEvent } from '../../log/append-request.ts';
import type { Mark } from '../../log/fold-deployment.ts';
import { whatOf } from '../../log/fold-slot.ts';
import { type Principal, sees } from '../../principal.ts';
import { compareUrl } from './compare-url.ts';
import type { DeploymentRecordStore } from './deployment-record-store.ts';
import type { DeploymentRecord } from './deployment-types.ts';
import type { ForgeAddresses } from './forge-addresses.ts';
import type { LaneStore } from './lane-store.ts';

/** Events in the order in which they happened. */
export interface ToldEvents {
  readonly events: readonly PlacedEvent[];
  /** The position before which more was told; undefined: nothing was. */
  readonly earlier: number | undefined;
}

/** One deployment, all that was told of it, and its place among the others of its lane. */
export interface DeploymentLife {
  readonly record: DeploymentRecord;
  readonly told: ToldEvents;
  readonly eventCount: number;
  readonly isLive: boolean;
  /** What runs there now. */
  readonly live: DeploymentRecord | undefined;
  /** What succeeded there before it and after it; where it has not succeeded, before and after its latest news. */
  readonly before: DeploymentRecord | undefined;
  readonly after: DeploymentRecord | undefined;
  /** What succeeded next put back what was there before. */
  readonly isRolledBack: boolean;
  /** Those with the next numbers, whatever became of them. */
  readonly previous: DeploymentRecord | undefined;
  readonly next: DeploymentRecord | undefined;
  readonly diffUrl: string | null;
}

/** So many events are read at a time. */
const eventPage = 100;

/** Deployments by their numbers. What the caller may not see is not there. */
export class DeploymentLifeService {
  readonly #records: DeploymentRecordStore;
  readonly #lanes: LaneStore;
  readonly #forges: ForgeAddresses;

  constructor(records: DeploymentRecordStore, lanes: LaneStore, forges: ForgeAddresses) {
    this.#records = records;
    this.#lanes = lanes;
    this.#forges = forges;
  }

  /** Throws `not_found`, also for what the principal may not see. */
  async of(principal: Principal, id: number): Promise<DeploymentLife> {
    const record = await this.#find(principal, id);
    const { state } = record;
    const moment = momentOf(record);
    const [beforeId, afterId, previousId, nextId, liveId] = await Promise.all([
      this.#lanes.nearestSuccess(state, moment, 'before'),
      this.#lanes.nearestSuccess(state, moment, 'after'),
      this.#lanes.neighbour(state, 'before'),
      this.#lanes.neighbour(state, 'after'),
      this.#lanes.live(state.environmentId),
    ]);
    const around = [beforeId, afterId, previousId, nextId, liveId].filter((each) => each !== undefined);
    const found = new Map((await this.#records.byIds([...new Set(around)])).map((each) => [each.state.id, each]));
    const [before, after, previous, next, live] = [beforeId, afterId, previousId, nextId, liveId].map((each) =>
      each === undefined ? undefined : found.get(each),
    );
    return {
      record,
      told: await this.#told(record, Number.MAX_SAFE_INTEGER),
      eventCount: await this.#lanes.countTold(id, state.firstPosition),
      isLive: liveId === id,
      live,
      before,
      after,
      isRolledBack: isRolledBack(before, record, after),
      previous,
      next,
      diffUrl: await this.#diffUrl(principal, before, record),
    };
  }

  /** What was told of a deployment before a position of the log. Throws `not_found`. */
  async earlier(principal: Principal, id: number, before: number): Promise<ToldEvents> {
    return this.#told(await this.#find(principal, id), before);
  }

  async #find(principal: Principal, id: number): Promise<DeploymentRecord> {
    const record = await this.#records.byId(id);
    if (!record || !sees(principal, record.place)) throw notFound('deployment');
    return record;
  }

  async #told({ state }: DeploymentRecord, before: number): Promise<ToldEvents> {
    const told = await this.#lanes.told(state.id, state.firstPosition, before, eventPage + 1);
    const page = told.slice(0, eventPage);
    const earlier = told.length > eventPage ? page.at(-1)?.event.position : undefined;
    return { events: page.toSorted((a, b) => compareMoments(happened(a), happened(b))), earlier };
  }

  async #diffUrl(
    principal: Principal,
    before: DeploymentRecord | undefined,
    { state, place }: DeploymentRecord,
  ): Promise<string | null> {
    const from = before && telling(before).details.sha;
    const to = (state.success ?? state.latest).details.sha;
    if (from == null || to === null || from === to) return null;
    const address = await this.#forges.of(principal, place.projectId);
    return (address && compareUrl(address, from, to)) ?? null;
  }
}

/** What a deployment says of what it ships: at its last success, where it has one. */
function telling({ state }: DeploymentRecord): Mark {
  return state.success ?? state.latest;
}

function momentOf(record: DeploymentRecord) {
  const { at, position } = telling(record);
  return { at, position };
}

function happened({ event: { status, happenedAt: at, position } }: PlacedEvent) {
  return { status, at, position };
}

function isRolledBack(
  before: DeploymentRecord | undefined,
  own: DeploymentRecord,
  after: DeploymentRecord | undefined,
): boolean {
  if (!before || !after || !own.state.success) return false;
  const [old, shipped, now] = [before, own, after].map((record) => whatOf(telling(record).details));
  return now != null && now === old && now !== shipped;
}
