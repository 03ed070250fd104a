import type { DeploymentReport } from '../../contract/deployment-event.ts';
import { toolOf } from './catalogue.ts';
import { isNewer, type Lane, lanesOf, note } from './live-lanes.ts';
import type { Random } from './random.ts';
import { type RunIdentity, runIdentity } from './run-identity.ts';

type Decided = Pick<DeploymentReport, 'service' | 'environment' | 'status' | 'happened_at'>;
type Move = () => DeploymentReport | undefined;

/** Longer without news than this, and a run counts as lost: it stays as it is. */
const lostMs = 3_600_000;
const fewestRunning = 3;
const mostOpen = 14;

/** Goes on where a history ends: each call makes up the next thing that happens in the fleet. */
export class LiveFleet {
  readonly #lanes: readonly Lane[];
  readonly #random: Random;

  /** `isGuarded`: whether approvals are needed in the lane of a report. */
  constructor(
    history: readonly DeploymentReport[],
    random: Random,
    isGuarded: (report: DeploymentReport) => boolean = () => false,
  ) {
    this.#lanes = lanesOf(history, isGuarded);
    this.#random = random;
  }

  /** Somebody decided about what waits in a lane: what was let go is carried out, what was turned down is over. */
  decided({ service, environment, status, happened_at: at }: Decided): void {
    const lane = this.#lanes.find((each) => each.line.service === service && each.environment === environment);
    if (!lane?.isGuarded || lane.open?.status !== 'waiting' || status === 'waiting') return;
    note(lane, { ...lane.open, status, happened_at: at });
  }

  next(now: number): DeploymentReport | undefined {
    const open = this.#lanes.filter((lane) => lane.open && now - Date.parse(lane.open.happened_at) < lostMs);
    const running = open.filter((lane) => lane.open?.status === 'in-progress');
    const finish: Move = () => this.#finish(running, now);
    const advance: Move = () => this.#advance(open, now);
    const promote: Move = () => this.#promote(now);
    const release: Move = () => this.#release(now);
    const usual = this.#random.shuffled([finish, finish, advance, promote, promote, release]);
    const moves =
      running.length < fewestRunning ? [advance, promote, release] : open.length > mostOpen ? [finish, advance] : usual;
    for (const move of [...moves, release]) {
      const report = move();
      if (report) return report;
    }
    return undefined;
  }

  #finish(running: readonly Lane[], now: number): DeploymentReport | undefined {
    const lane = this.#random.pick(running);
    if (!lane?.open) return undefined;
    const luck = this.#random.next();
    return this.#tell(lane, lane.open, luck < 0.07 ? 'failure' : luck < 0.09 ? 'cancelled' : 'success', now);
  }

  /** What was asked for begins, or is turned down at the gate. */
  #advance(open: readonly Lane[], now: number): DeploymentReport | undefined {
    const mayBegin = ({ open, isGuarded }: Lane) =>
      open?.status !== 'in-progress' && !(isGuarded && open?.status === 'waiting');
    const lane = this.#random.pick(open.filter(mayBegin));
    if (!lane?.open) return undefined;
    const turnedDown = lane.open.status === 'waiting' && this.#random.chance(0.06);
    return this.#tell(lane, lane.open, turnedDown ? 'rejected' : 'in-progress', now);
  }

  /** Brings what an environment has to the one after it, unless that was settled there. */
  #promote(now: number): DeploymentReport | undefined {
    const pairs = this.#lanes.flatMap((lane, index) => {
      const before = this.#lanes[index - 1];
      const from = before?.line === lane.line && !lane.open ? before.live : undefined;
      return from && isNewer(from.version, lane.settled) ? [{ lane, from }] : [];
    });
    const pair = this.#random.pick(pairs);
    if (!pair) return undefined;
    const { lane, from } = pair;
    const gated = lane.environment === 'production' && (this.#random.chance(0.7) || lane.isGuarded);
    const status = gated ? 'waiting' : this.#random.chance(0.2) ? 'queued' : 'in-progress';
    const run = this.#newRun(lane);
    return this.#tell(
      lane,
      { ...from, ...run, environment: lane.environment, parent_deployments: [from.deployment_id] },
      status,
      now,
    );
  }

  #release(now: number): DeploymentReport | undefined {
    const lane = this.#random.pick(
      this.#lanes.filter(({ open, live, environment }) => !open && live && environment === 'dev'),
    );
    if (!lane?.live) return undefined;
    const { parent_deployments: _, ...before } = lane.live;
    const [major = 0, minor = 0, patch = 0] = (lane.line.newestVersion ?? '').split('.').map(Number);
    const version = this.#random.chance(0.35) ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
    return this.#tell(
      lane,
      { ...before, ...this.#newRun(lane), version, ref: 'main', sha: this.#random.hex(40) },
      'in-progress',
      now,
    );
  }

  #newRun({ line: { namespace, service: name, lastRun } }: Lane): RunIdentity {
    return runIdentity({ namespace, name, tool: toolOf(namespace) }, lastRun + 1, this.#random);
  }

  #tell(lane: Lane, about: DeploymentReport, status: string, now: number): DeploymentReport {
    const report = { ...about, status, happened_at: new Date(now).toISOString() };
    note(lane, report);
    return report;
  }
}
