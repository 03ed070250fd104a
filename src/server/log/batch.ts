import type { Clock } from '../clock.ts';
import type { LogSession } from '../db/database.ts';
import type { IdSource } from '../ids.ts';
import type { AppendCommand, AppendRequest, PlacedEvent } from './append-request.ts';
import type { LogEvent } from './event.ts';
import { applyEvent, type DeploymentState, foldDeployment } from './fold-deployment.ts';
import { applyDeployment, foldSlot, type SlotState } from './fold-slot.ts';
import { type BatchReads, type LogHead, logStore, type StoredDeployment, type StoredKey } from './log-store.ts';
import { type Place, placeKey } from './places.ts';

interface BatchParts {
  readonly session: LogSession;
  readonly places: ReadonlyMap<string, Place>;
  readonly clock: Clock;
  readonly newId: IdSource;
}

/** Writes one batch of requests: their events, and what the events make of deployments and slots. */
export async function writeBatch(parts: BatchParts, requests: readonly AppendRequest[]): Promise<PlacedEvent[][]> {
  const { session, places, clock } = parts;
  const now = clock();
  const commands = requests.flatMap((request) => request.commands);
  const placed = commands.map((command) => ({ command, place: placeOf(places, command) }));
  const before = await readBefore(session, placed);
  const { head } = before;
  const known = new Map(
    before.deployments.map((deployment) => [
      laneKey(deployment.state.environmentId, deployment.state.key ?? ''),
      deployment,
    ]),
  );
  const numbered = numberEvents(parts, head, placed, known, now);
  const deployments = await foldDeployments(session, numbered.events, known);
  const counted = countNew(before.counters, deployments, known);
  const untilNow = { ...head, position: head.position + commands.length, deploymentId: numbered.lastDeploymentId };
  const { slots, open } = foldSlots(before.slots, deployments);
  const eventsOf = splitBy(requests, numbered.placed);
  await logStore.write(session, {
    head: { ...untilNow, slotVersion: head.slotVersion + (slots.length + open.length > 0 ? 1 : 0) },
    events: numbered.events,
    deployments: counted.stored,
    slots,
    counters: counted.counters,
    keys: requests.flatMap(({ idempotency }, index) => storedKey(idempotency, eventsOf[index] ?? [])),
    now,
  });
  await refoldLanes(session, open, head.slotVersion + 1);
  return eventsOf;
}

function placeOf(places: ReadonlyMap<string, Place>, command: AppendCommand): Place {
  const place = places.get(placeKey(command));
  if (!place) throw new RangeError(`The place of ${placeKey(command)} was not resolved.`);
  return place;
}

type Known = ReadonlyMap<string, StoredDeployment>;
interface PlacedCommand {
  readonly command: AppendCommand;
  readonly place: Place;
}

function readBefore(session: LogSession, placed: readonly PlacedCommand[]): Promise<BatchReads> {
  const keys = new Map<string, readonly [number, string]>();
  const environmentIds = new Set<number>();
  const projectIds = new Set<number>();
  for (const { command, place } of placed) {
    environmentIds.add(place.environmentId);
    projectIds.add(place.projectId);
    if (command.key !== null) keys.set(laneKey(place.environmentId, command.key), [place.environmentId, command.key]);
  }
  return logStore.batch(session, [...keys.values()], [...environmentIds], [...projectIds]);
}

function laneKey(environmentId: number, key: string): string {
  return `${environmentId} ${key}`;
}

/** Gives each event its position and its deployment's id: that of the deployment with its key, else a new one. */
function numberEvents(
  { newId }: BatchParts,
  head: LogHead,
  placed: readonly PlacedCommand[],
  known: Known,
  now: number,
) {
  let lastDeploymentId = head.deploymentId;
  const ids = new Map([...known].map(([key, { state }]) => [key, state.id]));
  const events = placed.map(({ command, place }, index): PlacedEvent => {
    const key = command.key === null ? undefined : laneKey(place.environmentId, command.key);
    const deploymentId = (key === undefined ? undefined : ids.get(key)) ?? ++lastDeploymentId;
    if (key !== undefined) ids.set(key, deploymentId);
    const event: LogEvent = {
      position: head.position + 1 + index,
      id: newId(),
      deploymentId,
      projectId: place.projectId,
      environmentId: place.environmentId,
      status: command.status,
      word: command.word,
      dialect: command.dialect,
      happenedAt: command.happenedAt,
      receivedAt: now,
      clockSkew: command.clockSkew,
      deploymentKey: command.key,
      reporter: command.reporter,
      details: command.details,
    };
    return { event, place };
  });
  return { placed: events, events: events.map(({ event }) => event), lastDeploymentId };
}

/** The deployments that the events change, in the order of their first event here. */
async function foldDeployments(
  session: LogSession,
  events: readonly LogEvent[],
  known: Known,
): Promise<DeploymentState[]> {
  const before = new Map([...known.values()].map(({ state }) => [state.id, state]));
  const grouped = new Map<number, LogEvent[]>();
  for (const event of events) {
    const news = grouped.get(event.deploymentId);
    if (news) news.push(event);
    else grouped.set(event.deploymentId, [event]);
  }
  const changed: DeploymentState[] = [];
  for (const [id, news] of grouped) {
    const old = before.get(id);
    const folded =
      applyAll(old, news) ?? foldDeployment([...(old ? await logStore.eventsOf(session, id) : []), ...news]);
    if (old?.eventCount !== folded.eventCount) changed.push(folded);
  }
  return changed;
}

function applyAll(before: DeploymentState | undefined, events: readonly LogEvent[]): DeploymentState | undefined {
  let state = before;
  for (const event of events) {
    state = applyEvent(state, event);
    if (!state) return undefined;
  }
  return state;
}

/** Gives each new deployment the next iid of its project. */
function countNew(last: ReadonlyMap<number, number>, deployments: readonly DeploymentState[], known: Known) {
  const iids = new Map([...known.values()].map(({ state, iid }) => [state.id, iid]));
  const fresh = deployments.filter(({ id }) => !iids.has(id));
  const counters = new Map<number, number>();
  for (const { id, projectId } of fresh) {
    const iid = (counters.get(projectId) ?? last.get(projectId) ?? 0) + 1;
    counters.set(projectId, iid);
    iids.set(id, iid);
  }
  return { stored: deployments.map((state) => ({ state, iid: iids.get(state.id) ?? 0 })), counters };
}

/**
 * The slots that can be told from what changed, and the lanes that must be read again once the deployments are written.
 */
function foldSlots(before: readonly SlotState[], deployments: readonly DeploymentState[]) {
  const slots = new Map(before.map((slot) => [slot.environmentId, slot]));
  const open = new Map<number, DeploymentState>();
  for (const deployment of deployments) {
    const { environmentId } = deployment;
    const slot = applyDeployment(slots.get(environmentId), deployment);
    if (slot) slots.set(environmentId, slot);
    else open.set(environmentId, deployment);
  }
  const changed = new Set(deployments.map(({ environmentId }) => environmentId));
  return {
    slots: [...slots.values()].filter(({ environmentId }) => changed.has(environmentId) && !open.has(environmentId)),
    open: [...open.values()],
  };
}

async function refoldLanes(session: LogSession, lanes: readonly DeploymentState[], version: number): Promise<void> {
  if (lanes.length === 0) return;
  const slots: SlotState[] = [];
  for (const { environmentId, projectId } of lanes) {
    slots.push(await foldSlot({ environmentId, projectId }, logStore.lane(session.kysely, environmentId)));
  }
  await logStore.writeSlots(session, slots, version);
}

function splitBy(requests: readonly AppendRequest[], events: readonly PlacedEvent[]): PlacedEvent[][] {
  let end = 0;
  return requests.map(({ commands }) => {
    end += commands.length;
    return events.slice(end - commands.length, end);
  });
}

function storedKey(idempotency: AppendRequest['idempotency'], events: readonly PlacedEvent[]): StoredKey[] {
  const [first] = events;
  return idempotency && first
    ? [{ ...idempotency, firstPosition: first.event.position, eventCount: events.length }]
    : [];
}
