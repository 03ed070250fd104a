import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { MatrixSlot } from '../../../contract/matrix.ts';
import {
  type MatrixProject,
  type MatrixService,
  type MatrixSnapshot,
  visibleProjects,
} from '../../features/matrix/matrix-service.ts';
import type { Shown, ShownSlot } from '../../features/matrix/shown-slot.ts';
import type { Principal } from '../../principal.ts';
import { markView, timeText } from './event-view.ts';

export interface MatrixFilter {
  readonly service: string | undefined;
  /** Empty: services without a namespace. */
  readonly namespace: string | undefined;
  /** Only what changed after this version; beyond the present one it means the caller knows another log: all. */
  readonly since: number | undefined;
  readonly principal: Principal;
  /** A position that the answer must know of, whichever node told the caller of it. */
  readonly after: number | undefined;
}

/** A body ready to be sent. */
export interface MatrixAnswer {
  readonly etag: string;
  readonly json: Buffer;
  readonly gzip: () => Promise<Buffer>;
}

const compress = promisify(gzip);

/**
 * The matrix as JSON. Each slot is serialised once for each change; the whole, once for each version, since most readers
 * ask for the same. generated_at is no part of the ETag: what is unchanged keeps its tag.
 */
export class MatrixView {
  readonly #matrix: MatrixService;
  readonly #slotTexts = new WeakMap<ShownSlot, { readonly stale: boolean; readonly text: string }>();
  #whole: { readonly snapshot: MatrixSnapshot; readonly answer: MatrixAnswer } | undefined;

  constructor(matrix: MatrixService) {
    this.#matrix = matrix;
  }

  async answer(filter: MatrixFilter): Promise<MatrixAnswer> {
    const snapshot = await this.#matrix.snapshot(filter.after);
    const visible = visibleProjects(snapshot, filter.principal);
    const isWhole =
      filter.service === undefined &&
      filter.namespace === undefined &&
      filter.since === undefined &&
      visible === snapshot.projects;
    if (!isWhole) return this.#render(snapshot, visible, filter);
    if (this.#whole?.snapshot !== snapshot) this.#whole = { snapshot, answer: this.#render(snapshot, visible, filter) };
    return this.#whole.answer;
  }

  #render(snapshot: MatrixSnapshot, allowed: readonly MatrixProject[], filter: MatrixFilter): MatrixAnswer {
    const { epoch, version, stale, columns, at } = snapshot;
    const visible = allowed.filter((project) => isAsked(project, filter));
    const names = new Set(visible.flatMap(({ slots }) => slots.map(({ place }) => place.environment)));
    const shown = columns.filter(({ name }) => names.has(name));
    const since = filter.since !== undefined && filter.since <= version ? filter.since : 0;
    const rows = visible.flatMap((project) => this.#rowText(project, since, stale) ?? []);
    const who = allowed === snapshot.projects ? 'all' : askerTag(filter.principal);
    const head = {
      generated_at: timeText(at),
      log: epoch,
      seen_by: who,
      version,
      environments: shown.map(({ name }) => name),
      columns: shown,
    };
    const json = Buffer.from(`${JSON.stringify(head).slice(0, -1)},"rows":[${rows.join(',')}]}`);
    const { service, namespace } = filter;
    const tag = Buffer.from(JSON.stringify([service, namespace, since, who])).toString('base64url');
    let zipped: Promise<Buffer> | undefined;
    return {
      etag: `W/"${epoch.toString(36)}.${version}.${stale.size}.${tag}"`,
      json,
      gzip: () => (zipped ??= compress(json, { level: 9 })),
    };
  }

  #rowText(
    { namespace, service, slots }: MatrixProject,
    since: number,
    stale: ReadonlySet<ShownSlot>,
  ): string | undefined {
    const changed = slots.filter(({ version }) => version > since);
    if (changed.length === 0) return undefined;
    const cells = changed.map(
      (slot) => `${JSON.stringify(slot.place.environment)}:${this.#slotText(slot, stale.has(slot))}`,
    );
    const names = namespace === '' ? { service } : { service, namespace };
    return `${JSON.stringify(names).slice(0, -1)},"slots":{${cells.join(',')}}}`;
  }

  #slotText(slot: ShownSlot, stale: boolean): string {
    const known = this.#slotTexts.get(slot);
    if (known?.stale === stale) return known.text;
    const text = JSON.stringify(slotView(slot, stale));
    this.#slotTexts.set(slot, { stale, text });
    return text;
  }
}

/** Tells askers apart who see different projects. */
function askerTag({ scopes, reach, memberships }: Principal): string {
  const held = memberships.map(({ kind, path, level }) => `${kind} ${path} ${level}`).sort();
  return createHash('sha256')
    .update(JSON.stringify([scopes, reach, held]))
    .digest('base64url')
    .slice(0, 12);
}

function isAsked(project: MatrixProject, { service, namespace }: MatrixFilter): boolean {
  return (
    (service === undefined || project.service === service) &&
    (namespace === undefined || project.namespace === namespace)
  );
}

function slotView(
  { place, current, lastSuccessful, next, waiting, prevFailed, startedAt, staleAt, behind }: ShownSlot,
  stale: boolean,
): MatrixSlot {
  const view = ({ deployment, mark }: Shown) => markView(place, deployment, mark);
  return {
    current: view(current),
    ...(lastSuccessful ? { last_successful: view(lastSuccessful) } : {}),
    ...(next ? { next: view(next) } : {}),
    ...(waiting ? { waiting: { newest: view(waiting.newest), count: waiting.count } } : {}),
    ...(prevFailed ? { prev_failed: true } : {}),
    ...(startedAt === null ? {} : { started_at: timeText(startedAt) }),
    ...(staleAt === null ? {} : { stale_at: timeText(staleAt) }),
    ...(stale ? { stale: true } : {}),
    ...(behind
      ? {
          behind: {
            environment: behind.environment,
            versions: behind.versions,
            ...(behind.more ? { more: true } : {}),
          },
        }
      : {}),
  };
}
