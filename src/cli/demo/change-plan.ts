import type { DeploymentReport } from '../../contract/deployment-event.ts';
import { teamOf } from './catalogue.ts';
import { type ChangeKind, changeTitle } from './change-titles.ts';
import { Random } from './random.ts';
import { hourMs, minuteMs } from './working-hours.ts';

/** A version of a service as reports name it, before there is a commit for it. */
export interface PlannedRelease {
  /** The sha that the reports give, which no repository has. */
  readonly standIn: string;
  readonly version: string;
  /** Made from what is live by picking the fix, while the others of the main branch wait. */
  readonly isHotfix: boolean;
}

/** One merged change of a service. */
export interface PlannedChange {
  readonly service: string;
  readonly title: string;
  readonly author: string;
  /** How many commits it has. */
  readonly size: number;
  /** When it was merged, in epoch milliseconds: later than any before it of the same service. */
  readonly mergedAt: number;
  readonly takesBack: PlannedChange | undefined;
  /** The version that it completes. */
  readonly release: PlannedRelease | undefined;
}

interface Release extends PlannedRelease {
  readonly firstAt: number;
}

const bot = 'dependency-bot';

/** Makes up the changes of one service: some for each version, and a few that no version has yet. */
export class ChangePlanner {
  readonly #namespace: string;
  readonly #service: string;
  readonly #random: Random;
  readonly #titles = new Set<string>();
  #last: PlannedChange | undefined;

  constructor(namespace: string, service: string, seed: number | string) {
    this.#namespace = namespace;
    this.#service = service;
    this.#random = new Random(`${seed} changes ${namespace}/${service}`);
  }

  /** For the versions that the reports of the service name, oldest first. */
  history(reports: readonly DeploymentReport[], now: number): PlannedChange[] {
    const changes = releasesOf(reports).flatMap((release, index) => this.#upTo(release, index === 0));
    return [...changes, ...this.unreleased(now)];
  }

  /** Merged, and in no version yet. */
  unreleased(now: number): PlannedChange[] {
    const count = this.#random.integer(1, 3);
    return this.#some(count, now - 7 * hourMs, now - 2 * minuteMs, undefined);
  }

  #upTo(release: Release, isFirst: boolean): PlannedChange[] {
    const count = isFirst ? 3 : release.isHotfix ? 1 : this.#random.integer(1, 3);
    return this.#some(count, release.firstAt - 20 * hourMs, release.firstAt - 90_000, release);
  }

  #some(count: number, from: number, until: number, release: PlannedRelease | undefined): PlannedChange[] {
    const earliest = Math.max(from, (this.#last?.mergedAt ?? 0) + 60_000);
    const room = Math.max(until - earliest, 0);
    const moments = Array.from({ length: count }, () => earliest + this.#random.next() * room).sort((a, b) => a - b);
    return moments.map((moment, index) => this.#change(moment, index === count - 1 ? release : undefined));
  }

  #change(moment: number, release: PlannedRelease | undefined): PlannedChange {
    const random = this.#random;
    const before = this.#last;
    const isFix = release?.isHotfix === true;
    const takesBack = before && !before.takesBack && random.chance(isFix ? 0.4 : 0.03) ? before : undefined;
    const kind = this.#kind(isFix);
    const isSmall = isFix || takesBack !== undefined || kind === 'update';
    this.#last = {
      service: this.#service,
      title: takesBack ? `Revert "${takesBack.title}"` : this.#newTitle(kind),
      author: this.#author(isFix || takesBack ? 'urgent' : kind),
      size: isSmall || random.chance(0.6) ? 1 : random.integer(2, 3),
      // git counts in seconds.
      mergedAt: Math.max(Math.floor(moment / 1000) * 1000, (before?.mergedAt ?? 0) + 1000),
      takesBack,
      release,
    };
    return this.#last;
  }

  #kind(isFix: boolean): ChangeKind {
    if (isFix) return 'fix';
    const luck = this.#random.next();
    return luck < 0.12 ? 'update' : luck < 0.35 ? 'fix' : 'work';
  }

  #author(kind: ChangeKind | 'urgent'): string {
    const [developer, onCall, lead] = teamOf(this.#namespace);
    if (kind === 'urgent') return onCall;
    if (kind === 'update') return bot;
    return this.#random.chance(0.75) ? developer : lead;
  }

  /** As long as there are any that no change of the service had. */
  #newTitle(kind: ChangeKind): string {
    let title = changeTitle(this.#service, kind, this.#random);
    for (let tries = 0; this.#titles.has(title) && tries < 20; tries += 1)
      title = changeTitle(this.#service, kind, this.#random);
    this.#titles.add(title);
    return title;
  }
}

/** Versions in the order in which they were first told of. */
function releasesOf(reports: readonly DeploymentReport[]): Release[] {
  const releases = new Map<string, Release>();
  for (const { sha, version = '', ref, happened_at: at } of reports) {
    if (!sha || releases.has(sha)) continue;
    const isHotfix = releases.size > 0 && ref?.startsWith('hotfix/') === true;
    releases.set(sha, { standIn: sha, version, isHotfix, firstAt: Date.parse(at) });
  }
  return [...releases.values()];
}
