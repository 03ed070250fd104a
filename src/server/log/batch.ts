import type { Clock } from '../clock.ts';
import type { LogSession } from '../db/database.ts';
import { notFound, ShiplogFault } from '../errors.ts';
import type { IdSource } from '../ids.ts';
import type { AppendCommand, AppendRequest, PlacedEvent, StoredDeployment } from './append-request.ts';
import { type AuditEntry, flagEntries } from './audit-log.ts';
import type { LogEvent } from './event.ts';
import { applyEvent, type DeploymentState, foldDeployment, type Mark } from './fold-deployment.ts';
import { applyDeployment, foldSlot, type SlotState, whatOf } from './fold-slot.ts';
import {
  type Announcement,
  type BatchReads,
  type BatchWants,
  type LogHead,
  logStore,
  type StoredKey,
} from './log-store.ts';
import type { Place, Places } from './places.ts';

interface BatchParts {
  readonly session: LogSession;
  readonly places: Places;
  readonly clock: Clock;
  readonly newId: IdSource;
}

/** What one batch stored: for each request its events, or why it was refused. */
export interface WrittenBatch {
  readonly outcomes: readonly (readonly LanedEvent[] | ShiplogFault)[];
  /** Places that were not remembered before. */
  readonly places: ReadonlyMap<string, Place>;
  readonly deployments: ReadonlyMap<number, StoredDeployment>;
  /** Whether hooks are to be told of something. */
  readonly announced: boolean;
}

/** Writes one batch of requests: their events, and what the events make of deployments and slots. */
export async function writeBatch(parts: BatchParts, asked: readonly AppendRequest[]): Promise<WrittenBatch> {
  const { session, clock } = parts;
  const now = clock();
  const { before, asking, fresh } = await readBefore(parts, asked);
  const { head } = before;
  const decided = await decideAll(session, asked, asking, before);
  const accepted = decided.filter((commands): commands is PlacedCommand[] => !(commands instanceof ShiplogFault));
  const commands = accepted.flat();
  const known = new Map(before.deployments.map((deployment) => [deployment.state.id, deployment]));
  const numbered = numberEvents(parts, head, commands, known, now);
  const { deployments, announcements } = await foldDeployments(session, numbered.placed, known);
  const counted = countNew(before.counters, deployments, known);
  const untilNow = { ...head, position: head.position + commands.length, deploymentId: numbered.lastDeploymentId };
  const { slots, open } = foldSlots(before.slots, deployments);
  const outcomes = outcomesOf(decided, numbered.placed);
  if (commands.length > 0)
    await logStore.write(session, {
      head: { ...untilNow, slotVersion: head.slotVersion + (slots.length + open.length > 0 ? 1 : 0) },
      events: numbered.events,
      deployments: counted.stored,
      slots,
      counters: counted.counters,
      announcements,
      audit: commands.flatMap(({ command }, index) => auditOf(command, numbered.events[index])),
      keys: asked.flatMap(({ idempotency }, index) => storedKey(idempotency, outcomes[index])),
      now,
    });
  await refoldLanes(session, open, head.slotVersion + 1);
  return {
    outcomes,
    places: fresh,
    deployments: asked.some(({ decide }) => decide) ? byId(counted.stored) : noDeployments,
    announced: announcements.length > 0,
  };
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
    const { places, fresh } = await parts.places.resolve(session, commands);
    const placed = places.map((place, index) => ({ command: commands[index], place }) as Partly); // one for each
    const asking = splitBy(requests, placed).map((list) => (list.every(isPlaced) ? list : notFound('Project')));
    const before = await logStore.batch(session, wantedBy(placed.filter(isPlaced)));
    if (parts.places.isCurrent(before.head.placesVersion)) return { before, asking, fresh };
  }
}

type Partly = Omit<PlacedCommand, 'place'> & { readonly place: Place | undefined };

function isPlaced(command: Partly): command is PlacedCommand {
  return command.place !== undefined;
}

function wantedBy(placed: readonly PlacedCommand[]): BatchWants {
  const keys = new Map<string, readonly [number, string]>();
  const deploymentIds = new Set<number>();
  const environmentIds = new Set<number>();
  const projectIds = new Set<number>();
  for (const { command, place } of placed) {
    const { environmentId, projectId } = place;
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

/** What each request is to write: where one has the last word on its command, by what is true at this moment. */
async function decideAll(
  session: LogSession,
  requests: readonly AppendRequest[],
  asking: readonly (PlacedCommand[] | ShiplogFault)[],
  before: BatchReads,
): Promise<readonly (PlacedCommand[] | ShiplogFault)[]> {
  if (!requests.some(({ decide }) => decide)) return asking;
  const successes = await lastSuccesses(session, asking, before);
  return requests.map(({ decide }, index) => {
    const commands = asking[index] ?? [];
    if (!decide || commands instanceof ShiplogFault) return commands;
    const [first, ...others] = commands;
    if (!first) return commands;
    const { command, place } = first;
    const { environmentId } = place;
    const deployment = before.deployments.find(({ state }) => isNamed(state, command, environmentId))?.state;
    try {
      const answer = decide({ deployment, lastSuccess: successes.get(environmentId) }, command);
      return answer ? [{ command: answer, place }, ...others] : [];
    } catch (error) {
      if (error instanceof ShiplogFault) return error;
      throw error;
    }
  });
}

/** For each request its events, or why it was refused. */
function outcomesOf(
  decided: readonly (readonly PlacedCommand[] | ShiplogFault)[],
  events: readonly LanedEvent[],
): (LanedEvent[] | ShiplogFault)[] {
  let end = 0;
  return decided.map((commands) => {
    if (commands instanceof ShiplogFault) return commands;
    end += commands.length;
    return events.slice(end - commands.length, end);
  });
}

function isNamed(state: DeploymentState, { deploymentId, key }: AppendCommand, environmentId: number): boolean {
  if (deploymentId !== undefined) return state.id === deploymentId;
  return key !== null && state.key === key && state.environmentId === environmentId;
}

/** The last success of each lane that a command may be about. Slots tell most of them apart, so hardly any is read. */
async function lastSuccesses(
  session: LogSession,
  asking: readonly (readonly PlacedCommand[] | ShiplogFault)[],
  { slots }: BatchReads,
): Promise<Map<number, StoredDeployment>> {
  const asked = asking.flatMap((commands) => (commands instanceof ShiplogFault ? [] : commands));
  const commands = new Map(asked.map(({ command, place }) => [place.environmentId, command]));
  const recent = slots.flatMap((slot) => {
    const command = commands.get(slot.environmentId);
    return command && mayBeOf(slot, command) ? slot.recent : [];
  });
  const found = byId(
    await logStore.deploymentsById(
      session,
      recent.map(({ deploymentId }) => deploymentId),
    ),
  );
  const successes = new Map<number, StoredDeployment>();
  // A slot's are sorted, the newest first; one that has failed since is a success no more.
  for (const { deploymentId } of recent) {
    const stored = found.get(deploymentId);
    const { environmentId, latest, deleted } = stored?.state ?? {};
    if (!stored || environmentId === undefined || deleted || latest?.status !== 'success') continue;
    if (!successes.has(environmentId)) successes.set(environmentId, stored);
  }
  return successes;
}

function mayBeOf({ recent }: SlotState, { details, deploymentId }: AppendCommand): boolean {
  const what = whatOf(details);
  return recent.some((success) => success.deploymentId === deploymentId || success.what === what);
}

const noDeployments: ReadonlyMap<number, StoredDeployment> = new Map();

function byId(deployments: readonly StoredDeployment[]): ReadonlyMap<number, StoredDeployment> {
  return new Map(deployments.map((stored) => [stored.state.id, stored]));
}

function auditOf({ callerName }: AppendCommand, event: LogEvent | undefined): AuditEntry[] {
  return event && event.flags.length > 0 ? flagEntries(event, callerName) : [];
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
      deploymentKey: command.key ?? known.get(deploymentId)?.state.key ?? null,
      reporter: command.reporter,
      userId: command.userId,
      flags: command.flags,
      act: command.act,
      details: command.details,
      extra: command.extra ?? null,
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
  // Each hook is told in the order in which things were recorded.
  return { deployments, announcements: announcements.toSorted((a, b) => a.position - b.position) };
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

function splitBy<T>(requests: readonly AppendRequest[], items: readonly T[]): T[][] {
  let end = 0;
  return requests.map(({ commands }) => {
    end += commands.length;
    return items.slice(end - commands.length, end);
  });
}

function storedKey(
  idempotency: AppendRequest['idempotency'],
  outcome: readonly LanedEvent[] | ShiplogFault | undefined,
): StoredKey[] {
  if (!idempotency || !outcome || outcome instanceof ShiplogFault) return [];
  const [first] = outcome;
  return first ? [{ ...idempotency, firstPosition: first.event.position, eventCount: outcome.length }] : [];
}
