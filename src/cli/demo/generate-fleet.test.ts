import { describe, expect, it } from 'vitest';
import { limits } from '../../contract/limits.ts';
import { acceptedNativeStatuses } from '../../contract/statuses.ts';
import { generateFleet } from './generate-fleet.ts';
import { LiveFleet } from './live-fleet.ts';
import { Random } from './random.ts';
import { hourMs } from './working-hours.ts';

const now = Date.parse('2026-11-20T22:00:00Z');
const options = { seed: 1, now, services: 40, days: 90 };
const fleet = generateFleet(options);

describe('the demo fleet', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(generateFleet(options)).toEqual(fleet);
    expect(generateFleet({ ...options, seed: 2 })).not.toEqual(fleet);
  });

  it('has as many services as asked for, in several namespaces and five environments', () => {
    expect(distinct(fleet.map(({ namespace, service }) => `${namespace}/${service}`))).toHaveLength(40);
    expect(distinct(fleet.map(({ namespace }) => namespace ?? '')).length).toBeGreaterThanOrEqual(6);
    expect(distinct(fleet.map(({ environment }) => environment)).sort()).toEqual([
      'dev',
      'production',
      'production-eu',
      'qa',
      'staging',
    ]);
    expect(
      distinct(
        generateFleet({ ...options, services: 300, days: 3 }).map(
          ({ namespace, service }) => `${namespace}/${service}`,
        ),
      ),
    ).toHaveLength(300);
  });

  it('is sorted, and neither older than asked for nor in the future', () => {
    const moments = fleet.map(({ happened_at: at }) => at);
    expect(moments.toSorted()).toEqual(moments);
    expect(Date.parse(moments[0] ?? '')).toBeGreaterThanOrEqual(now - 90 * 24 * hourMs);
    expect(Date.parse(moments.at(-1) ?? '')).toBeLessThanOrEqual(now);
  });

  it('ends with deployments in every status, among them one that hangs', () => {
    const last = new Map(fleet.map((report) => [report.deployment_id, report]));
    const byStatus = grouped([...last.values()]);
    for (const status of acceptedNativeStatuses) expect(byStatus.get(status)?.length, status).toBeGreaterThan(0);
    const running = byStatus.get('in-progress') ?? [];
    expect(running.filter(({ happened_at: at }) => Date.parse(at) < now - hourMs)).toHaveLength(1);
    expect(running.length).toBeGreaterThanOrEqual(4);
    expect(byStatus.get('waiting')?.length).toBeGreaterThanOrEqual(3);
  });

  it('fails now and then, and is rolled back by the people on call', () => {
    const count = (status: string) => fleet.filter((report) => report.status === status).length;
    expect(count('failure') / (count('failure') + count('success'))).toBeGreaterThan(0.03);
    expect(count('failure') / (count('failure') + count('success'))).toBeLessThan(0.1);
    expect(fleet.filter(({ actor }) => actor?.startsWith('oncall-')).length).toBeGreaterThan(10);
  });

  it('works by day and rests at the weekend', () => {
    const shares = fleet.map(({ happened_at: at }) => new Date(at));
    const inHours = shares.filter((moment) => moment.getUTCHours() >= 7 && moment.getUTCHours() < 19).length;
    expect(inHours / fleet.length).toBeGreaterThan(0.8);
    expect(shares.filter((moment) => [0, 6].includes(moment.getUTCDay())).length / fleet.length).toBeLessThan(0.12);
  });

  it('promotes versions: most deployments beyond dev name the one they come from, which was a success before', () => {
    const successes = new Map(
      fleet.filter(({ status }) => status === 'success').map((report) => [report.deployment_id, report]),
    );
    const promoted = fleet.filter(({ environment, parent_deployments: parents }) => environment !== 'dev' && parents);
    expect(promoted.length / fleet.filter(({ environment }) => environment !== 'dev').length).toBeGreaterThan(0.95);
    for (const { parent_deployments: [parent = ''] = [], happened_at: at, service } of promoted) {
      const source = successes.get(parent);
      expect(source?.service).toBe(service);
      expect(Date.parse(source?.happened_at ?? '')).toBeLessThanOrEqual(Date.parse(at));
    }
  });

  it('keeps to the limits of the contract', () => {
    for (const report of fleet) {
      expect(report.version?.length).toBeLessThanOrEqual(limits.version);
      expect(report.run_number).toBeLessThanOrEqual(limits.runNumber);
      expect(report.run_url).toMatch(/^https:\/\/[a-z]+\.example\.com\//);
    }
  });
});

describe('the live fleet', () => {
  it('goes on where the history ends, the same way for the same seed', () => {
    const play = () => {
      const live = new LiveFleet(fleet, new Random('live'));
      return Array.from({ length: 400 }, (_, index) => live.next(now + index * 3000));
    };
    const reports = play();
    expect(play()).toEqual(reports);
    expect(reports).not.toContain(undefined);
    const statuses = distinct(reports.map((report) => report?.status ?? ''));
    expect(statuses).toEqual(expect.arrayContaining(['in-progress', 'success', 'failure', 'waiting']));
  });

  it('leaves what waits for people alone until they decide, and then carries it out', () => {
    const isGuarded = ({ environment }: { readonly environment: string }) => environment === 'production';
    const live = new LiveFleet(fleet, new Random('live'), isGuarded);
    const play = (count: number) => Array.from({ length: count }, (_, index) => live.next(now + index * 3000));
    const asked = play(400).filter((report) => report?.environment === 'production');
    const waiting = asked.find((report) => report?.status === 'waiting');
    expect(asked.filter((report) => report?.deployment_id === waiting?.deployment_id)).toEqual([waiting]);
    if (!waiting) throw new Error('Something waits.');
    live.decided({ ...waiting, status: 'in-progress' });
    const after = play(400).filter((report) => report?.deployment_id === waiting.deployment_id);
    expect(after.map((report) => report?.status)).toEqual([expect.stringMatching(/success|failure|cancelled/)]);
  });

  it('finishes what it begins, and keeps the number of open deployments within bounds', () => {
    const live = new LiveFleet(fleet, new Random('live'));
    const open = new Map<string, string>();
    for (let index = 0; index < 2000; index += 1) {
      const report = live.next(now + index * 3000);
      if (!report) continue;
      if (['success', 'failure', 'cancelled', 'rejected'].includes(report.status)) open.delete(report.deployment_id);
      else open.set(report.deployment_id, report.status);
    }
    expect(open.size).toBeLessThan(40);
    expect(open.size).toBeGreaterThan(0);
  });
});

function distinct(items: readonly string[]): string[] {
  return [...new Set(items)];
}

function grouped<T extends { readonly status: string }>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(item.status, [...(groups.get(item.status) ?? []), item]);
  return groups;
}
