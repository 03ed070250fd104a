import type { Clock } from '../clock.ts';
import type { LogSession } from '../db/database.ts';
import { ShiplogFault } from '../errors.ts';
import type { IdSource } from '../ids.ts';
import type { AppendCommand, AppendRequest, PlacedEvent, StoredDeployment } from './append-request.ts';
import type { LogEvent } from './event.ts';
import { applyEvent, type DeploymentState, foldDeployment, type Mark } from './fold-deployment.ts';
import { applyDeployment, foldSlot, type SlotState } from './fold-slot.ts';
import {
  type Announcement,
  type BatchReads,
  type BatchWants,
  type LogHead,
  logStore,
  type StoredKey,
} from './log-store.ts';
import { type Place, type Places, placeKey } from './places.ts';

interface BatchParts {
  readonly session: LogSession;
  readonly places: Places;
  readonly clock: Clock;
  readonly newId: IdSource;
}

/** What one batch stored: for each request its events, or why it was refused. */
export interface WrittenBatch {
  readonly outcomes: readonly (readonly LanedEvent[] | ShiplogFault)[];
  readonly places: ReadonlyMap<string, Place>;
  readonly deployments: ReadonlyMap<number, StoredDeployment>;
}

/** Writes one batch of requests: their events, and what the events make of deployments and slots. */
export async function writeBatch(parts: BatchParts, asked: readonly AppendRequest[]): Promise<WrittenBatch> {
  const { session, clock } = parts;
  const now = clock();
  const { before, places } = await readBefore(parts, asked);
  const { head } = before;
  const decided = await decideAll(session, asked, places, before);
  const requests = decided.filter((request): request is AppendRequest => !(request instanceof ShiplogFault));
  const commands = requests.flatMap((request) => request.commands);
  const known = new Map(before.deployments.map((deployment) => [deployment.state.id, deployment]));
  const placed = commands.map((command) => ({ command, place: placeOf(places, command) }));
  const numbered = numberEvents(parts, head, placed, known, now);
  const { deployments, announcements } = await foldDeployments(session, numbered.placed, known);
  const counted = countNew(before.counters, deployments, known);
  const untilNow = { ...head, position: head.position + commands.length, deploymentId: numbered.lastDeploymentId };
  const { slots, open } = foldSlots(before.slots, deployments);
  const eventsOf = splitBy(requests, numbered.placed);
  if (commands.length > 0)
    await logStore.write(session, {
      head: { ...untilNow, slotVersion: head.slotVersion + (slots.length + open.length > 0 ? 1 : 0) },
      events: numbered.events,
      deployments: counted.stored,
      slots,
      counters: counted.counters,
      announcements,
      keys: requests.flatMap(({ idempotency }, index) => storedKey(idempotency, eventsOf[index] ?? [])),
      now,
    });
  await refoldLanes(session, open, head.slotVersion + 1);
  const stored = new Map(requests.map((request, index) => [request, eventsOf[index] ?? []]));
  return {
    outcomes: decided.map((request) => (request instanceof ShiplogFault ? request : (stored.get(request) ?? []))),
    places,
    deployments: new Map(counted.stored.map((stored) => [stored.state.id, stored])),
  };
}

function placeOf(places: ReadonlyMap<string, Place>, command: AppendCommand): Place {
  const place = places.get(placeKey(command));
  if (!place) throw new RangeError(`The place of ${placeKey(command)} was not resolved.`);
  return place;
}

type Known = ReadonlyMap<number, StoredDeployment>;
/** An event with its place, as the lane knows it. */
export interface LanedEvent extends PlacedEvent {
  readonly place: Place;
}

interface PlacedCommand {
  readonly command: AppendCommand;
  readonly place: Place;
}

/** All that the batch needs to know. Places that are remembered wrongly are looked up again: the log knows whether they are. */
async function readBefore(parts: BatchParts, requests: readonly AppendRequest[]) {
  const { session } = parts;
  const commands = requests.flatMap((request) => request.commands);
  for (;;) {
    const places = await parts.places.resolve(session, commands);
    const before = await logStore.batch(session, wantedBy(commands, places));
    if (parts.places.isCurrent(before.head.placesVersion)) return { before, places };
  }
}

function wantedBy(commands: readonly AppendCommand[], places: ReadonlyMap<string, Place>): BatchWants {
  const keys = new Map<string, readonly [number, string]>();
  const deploymentIds = new Set<number>();
  const environmentIds = new Set<number>();
  const projectIds = new Set<number>();
  for (const command of commands) {
    const { environmentId, projectId } = placeOf(places, command);
    environmentIds.add(environmentId);
    projectIds.add(projectId);
    if (command.deploymentId !== undefined) deploymentIds.add(command.deploymentId);
    else if (command.key !== null) keys.set(laneKey(environmentId, command.key), [environmentId, command.key]);
  }
  return {
    keys: [...keys.values()],
    deploymentIds: [...deploymentIds],
    environmentIds: [...environmentIds],
    projectIds: [...projectIds],
  };
}

/** The requests as they are to be written: where one has the last word on its command, by what is true at this moment. */
async function decideAll(
  session: LogSession,
  requests: readonly AppendRequest[],
  places: ReadonlyMap<string, Place>,
  before: BatchReads,
): Promise<(AppendRequest | ShiplogFault)[]> {
  if (!requests.some(({ decide }) => decide)) return [...requests];
  const successes = await lastSuccesses(session, before);
  return requests.map((request) => {
    const [command] = request.commands;
    const { decide } = request;
    if (!decide || !command) return request;
    const { environmentId } = placeOf(places, command);
    const deployment = before.deployments.find(({ state }) => isNamed(state, command, environmentId))?.state;
    try {
      const answer = decide({ deployment, lastSuccess: successes.get(environmentId) }, command);
      return { ...request, commands: answer ? [answer] : [] };
    } catch (error) {
      if (error instanceof ShiplogFault) return error;
      throw error;
    }
  });
}

function isNamed(state: DeploymentState, { deploymentId, key }: AppendCommand, environmentId: number): boolean {
  if (deploymentId !== undefined) return state.id === deploymentId;
  return key !== null && state.key === key && state.environmentId === environmentId;
}

async function lastSuccesses(session: LogSession, { slots }: BatchReads): Promise<Map<number, StoredDeployment>> {
  const ids = slots.flatMap(({ success }) => success?.deploymentId ?? []);
  const found = await logStore.deploymentsById(session, ids);
  return new Map(found.map((stored) => [stored.state.environmentId, stored]));
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
  const ids = new Map<string, number>();
  for (const { state } of known.values())
    if (state.key !== null) ids.set(laneKey(state.environmentId, state.key), state.id);
  const events = placed.map(({ command, place }, index): LanedEvent => {
    const key = command.key === null ? undefined : laneKey(place.environmentId, command.key);
    const deploymentId = command.deploymentId ?? (key === undefined ? undefined : ids.get(key)) ?? ++lastDeploymentId;
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
      userId: command.userId,
      flags: command.flags,
      act: command.act,
      details: command.details,
    };
    return { event, place };
  });
  return { placed: events, events: events.map(({ event }) => event), lastDeploymentId };
}

/** The deployments that the events change, in the order of their first event here, and what hooks are to be told. */
async function foldDeployments(session: LogSession, placed: readonly LanedEvent[], known: Known) {
  const grouped = new Map<number, LanedEvent[]>();
  for (const one of placed) {
    const news = grouped.get(one.event.deploymentId);
    if (news) news.push(one);
    else grouped.set(one.event.deploymentId, [one]);
  }
  const deployments: DeploymentState[] = [];
  const announcements: Announcement[] = [];
  for (const [id, told] of grouped) {
    const old = known.get(id)?.state;
    const events = told.map(({ event }) => event);
    const marks: Mark[] = [];
    const folded =
      applyAll(old, events, marks) ?? foldDeployment([...(old ? await logStore.eventsOf(session, id) : []), ...events]);
    if (old?.eventCount === folded.eventCount && old.deleted === folded.deleted) continue;
    deployments.push(folded);
    if (!told[0]?.place.hooked || folded.deleted) continue;
    const reached = marks.at(-1)?.position === folded.latest.position ? marks : [folded.latest];
    const news = reached.filter((mark) => mark.position !== old?.latest.position);
    announcements.push(...news.map((mark) => announcement('deployment', folded, mark)));
    const flagged = folded.flags.includes('unapproved') && !old?.flags.includes('unapproved');
    if (flagged) announcements.push(announcement('unapproved', folded, folded.latest));
  }
  return { deployments, announcements };
}

function announcement(topic: Announcement['topic'], { id, projectId }: DeploymentState, mark: Mark): Announcement {
  const { position, status, word, at } = mark;
  return { topic, position, deploymentId: id, projectId, status, word, at };
}

/** Folds events one by one, as far as that is possible, and notes each status that is reached on the way. */
function applyAll(
  before: DeploymentState | undefined,
  events: readonly LogEvent[],
  marks: Mark[],
): DeploymentState | undefined {
  let state = before;
  for (const event of events) {
    const last = state?.latest.status;
    state = applyEvent(state, event);
    if (!state) return undefined;
    if (state.latest.status !== last) marks.push(state.latest);
  }
  return state;
}

/** Gives each new deployment the next iid of its project. */
function countNew(last: ReadonlyMap<number, number>, deployments: readonly DeploymentState[], known: Known) {
  const iids = new Map([...known].map(([id, { iid }]) => [id, iid]));
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

function splitBy(requests: readonly AppendRequest[], events: readonly LanedEvent[]): LanedEvent[][] {
  let end = 0;
  return requests.map(({ commands }) => {
    end += commands.length;
    return events.slice(end - commands.length, end);
  });
}

function storedKey(idempotency: AppendRequest['idempotency'], events: readonly LanedEvent[]): StoredKey[] {
  const [first] = events;
  return idempotency && first
    ? [{ ...idempotency, firstPosition: first.event.position, eventCount: events.length }]
    : [];
}
