import { accessLevels } from '../../../contract/access-levels.ts';
import { projectPath } from '../../../contract/project-path.ts';
import type { Clock } from '../../clock.ts';
import { type FieldError, forbidden, invalid, notFound, type ShiplogFault } from '../../errors.ts';
import type { AppendLane } from '../../log/append-lane.ts';
import type { AppendCommand, AppendResult, Idempotency, PlacedEvent } from '../../log/append-request.ts';
import type { EventFlag } from '../../log/event.ts';
import { type Place, placeKey } from '../../log/places.ts';
import { levelOn, type Principal, reaches, sees } from '../../principal.ts';
import type { DeployPolicy } from './deploy-policy.ts';
import type { DeploymentStore, EventFilter, EventPage } from './deployment-store.ts';
import { isSkewed, momentFault } from './moments.ts';

export type { EventCursor } from './deployment-store.ts';

/** What a dialect makes of a request: the facts, without what the server thinks of them. */
export type Report = Omit<AppendCommand, 'lane' | 'clockSkew' | 'userId' | 'callerName' | 'flags' | 'act'>;

/** The rules of reporting and reading deployments, whichever dialect asks. */
export class DeploymentService {
  readonly #lane: AppendLane;
  readonly #store: DeploymentStore;
  readonly #policy: DeployPolicy;
  readonly #clock: Clock;
  readonly #searches = new Map<string, Promise<EventPage>>();

  constructor(lane: AppendLane, store: DeploymentStore, policy: DeployPolicy, clock: Clock) {
    this.#lane = lane;
    this.#store = store;
    this.#policy = policy;
    this.#clock = clock;
  }

  /**
   * Records facts, all or nothing; they are durable when this answers. Throws `forbidden` for a project out of the
   * caller's reach and `validation_failed` for a fact from the future. `pointer` says where the n-th report stands in the request.
   */
  async record(
    principal: Principal,
    reports: readonly Report[],
    idempotency: Idempotency | undefined,
    pointer: (index: number) => string,
  ): Promise<AppendResult> {
    const now = this.#clock();
    const wrong = reports.flatMap(({ happenedAt }, index): FieldError[] => {
      const message = momentFault(happenedAt, now);
      return message === undefined ? [] : [{ pointer: `${pointer(index)}/happened_at`, message }];
    });
    if (wrong.length > 0) throw invalid(wrong);
    const commands: AppendCommand[] = [];
    for (const report of reports) {
      const lane = placeKey(report);
      const place = this.#lane.known(lane);
      // Nearly every report is of a place that is known and that nothing guards; the others take their time.
      const judged = this.#policy.isOpen(principal, place) ? noFlags : await this.#judge(principal, report, place);
      const clockSkew = isSkewed(report.happenedAt, now);
      const { userId, name: callerName } = principal;
      commands.push(commandOf(report, { lane, clockSkew, flags: judged, userId, callerName }));
    }
    return this.#lane.append({ commands, idempotency });
  }

  /**
   * Throws `forbidden` where the caller may not report for the project; answers what is remarkable about the report. A
   * project that is not there yet comes into being with its first report, and is open to everybody,
   * unless its group is private.
   */
  async #judge(principal: Principal, report: Report, known: Place | undefined): Promise<readonly EventFlag[]> {
    if (!reaches(principal.reach, report)) throw mayNotReport(report);
    const place = known ?? (await this.#store.placeOf(report));
    if (!place) {
      const visibility = await this.#store.visibilityBelow(report.namespace);
      const level = levelOn(principal, { ...report, visibility, everyoneLevel: accessLevels.developer });
      if (level < accessLevels.developer) throw mayNotReport(report);
      return noFlags;
    }
    if (levelOn(principal, place) < accessLevels.developer) throw mayNotReport(report);
    return this.#policy.flagsOfReport(principal, place, report);
  }

  /**
   * Events, newest first by the time they happened; at most `limit`, going on after `cursor`. A search by text may have to
   * walk the whole log, so each asker has one at a time, and it ends when `gone` says that nobody waits for it.
   */
  async list(principal: Principal, filter: EventFilter, gone: AbortSignal): Promise<EventPage> {
    if (!filter.text) return this.#store.page(filter, principal, gone);
    const before = this.#searches.get(principal.id);
    const search = (async () => {
      await before?.catch(() => undefined);
      return this.#store.page(filter, principal, gone);
    })();
    this.#searches.set(principal.id, search);
    try {
      return await search;
    } finally {
      if (this.#searches.get(principal.id) === search) this.#searches.delete(principal.id);
    }
  }

  /** Throws `not_found`, also for what the caller may not see. */
  async get(principal: Principal, id: string): Promise<PlacedEvent> {
    const found = await this.#store.byId(id);
    if (!found || !sees(principal, found.place)) throw notFound('deployment event');
    return found;
  }
}

/** Written out: spreading a report takes longer than all the rest of recording it. */
function commandOf(report: Report, judged: Omit<AppendCommand, keyof Report | 'act'>): AppendCommand {
  return {
    lane: judged.lane,
    namespace: report.namespace,
    service: report.service,
    environment: report.environment,
    key: report.key,
    status: report.status,
    word: report.word,
    dialect: report.dialect,
    happenedAt: report.happenedAt,
    clockSkew: judged.clockSkew,
    reporter: report.reporter,
    userId: judged.userId,
    callerName: judged.callerName,
    flags: judged.flags,
    act: 'report',
    projectId: report.projectId,
    deploymentId: report.deploymentId,
    details: report.details,
    extra: report.extra,
  };
}

const noFlags: readonly EventFlag[] = [];

function mayNotReport(report: Report): ShiplogFault {
  return forbidden(`You may not report for ${projectPath(report)}.`);
}
