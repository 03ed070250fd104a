import { describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../contract/deployment-event.ts';
import type { Matrix, MatrixSlot } from '../../contract/matrix.ts';
import { age } from './age.ts';
import { matrixLines } from './matrix-view.ts';
import { createPaint, printable } from './paint.ts';
import { padEnd, textWidth } from './text-width.ts';

const now = Date.parse('2026-11-20T22:00:00Z');

function event(status: string, version: string, minutesAgo: number): DeploymentEvent {
  return {
    id: version,
    position: 1,
    deployment_id: version,
    deployment_number: 1,
    service: 'cart',
    environment: 'dev',
    status,
    version,
    happened_at: new Date(now - minutesAgo * 60_000).toISOString(),
  };
}

const matrix: Matrix = {
  generated_at: new Date(now).toISOString(),
  log: 1,
  seen_by: 'all',
  version: 1,
  environments: ['dev', 'production'],
  columns: [],
  rows: [
    {
      namespace: 'shop',
      service: 'cart',
      slots: {
        dev: { current: event('in-progress', '2.0.0', 3), last_successful: event('success', '1.9.0', 60) },
        production: {
          current: event('success', '1.8.2', 600),
          next: event('waiting', '1.9.0', 5),
          waiting: { newest: event('waiting', '1.9.0', 5), count: 1 },
        },
      },
    },
  ],
};

const lines = (width: number) => matrixLines(matrix, { width, now, paint: createPaint(false) }).join('\n');

describe('the matrix on a terminal', () => {
  it('has words where there is room for them', () => {
    expect(lines(100)).toBe(`SERVICE    DEV                     PRODUCTION
shop/cart  ● in-progress 2.0.0 3m  ✓ success 1.8.2 10h
           └ live 1.9.0            └ ‖ waiting 1.9.0

1 service in 2 environments, ● 1 in-progress, ‖ 1 waiting`);
  });

  it('has shapes, with a key, where it is narrower', () => {
    expect(lines(45)).toBe(`SERVICE    DEV         PRODUCTION
shop/cart  ● 2.0.0 3m  ✓ 1.8.2 10h
           └ ✓ 1.9.0   └ ‖ 1.9.0

● in-progress  ✓ success  ‖ waiting
1 service in 2 environments, ● 1 in-progress, ‖ 1 waiting`);
  });

  it('is a list where it is narrower still', () => {
    expect(lines(30)).toBe(`shop/cart
  dev         ● in-progress 2.0.0 3m
              └ live 1.9.0
  production  ✓ success 1.8.2 10h
              └ ‖ waiting 1.9.0

1 service in 2 environments, ● 1 in-progress, ‖ 1 waiting`);
  });

  it('says what waits still, though something came since', () => {
    const waits = (count: number) => ({ newest: event('waiting', '1.9.0', 60), count });
    const drawn = (production: MatrixSlot, width = 100) => {
      const rows = [{ service: 'cart', slots: { production } }];
      const shown = { ...matrix, environments: ['production'], rows };
      return matrixLines(shown, { width, now, paint: createPaint(false) }).slice(1);
    };
    const current = event('success', '1.8.2', 5);
    expect(drawn({ current, waiting: waits(1) })).toEqual([
      'cart     ✓ success 1.8.2 5m',
      '         └ ‖ waiting 1.9.0',
      '',
      '1 service in 1 environment, ‖ 1 waiting',
    ]);
    expect(drawn({ current, waiting: waits(3) }, 26)).toEqual([
      'cart     ✓ 1.8.2 5m',
      '         └ ‖ 1.9.0 +2',
      '',
      '✓ success  ‖ waiting',
      '1 service in 1 environment, ‖ 3 waiting',
    ]);
    expect(drawn({ current, next: waits(2).newest, waiting: waits(2) })).toContain('         └ ‖ waiting +1');
  });

  it('says of what runs that nobody approved it', () => {
    const live = { ...event('success', '1.9.0', 60), unapproved: true };
    const slots = {
      dev: { current: event('in-progress', '2.0.0', 3), last_successful: live },
      production: { current: { ...event('success', '1.8.2', 600), unapproved: true } },
    };
    const marked = { ...matrix, rows: [{ service: 'cart', slots }] };
    const [, first, second] = matrixLines(marked, { width: 100, now, paint: createPaint(false) });
    expect([first, second]).toEqual([
      'cart     ● in-progress 2.0.0 3m   ✓ success 1.8.2 10h',
      '         └ live 1.9.0 unapproved  └ unapproved',
    ]);
  });

  it('lights what has just changed', () => {
    const fresh = new Set([JSON.stringify(['shop', 'cart', 'dev'])]);
    const text = matrixLines(matrix, { width: 100, now, paint: createPaint(true), fresh }).join('\n');
    expect(text).toContain('\u001b[7m2.0.0\u001b[0m');
    expect(text).toContain('\u001b[1m1.8.2\u001b[0m');
  });
});

describe('text on a terminal', () => {
  it.each([
    [0, '0s'],
    [59, '59s'],
    [60, '1m'],
    [3599, '59m'],
    [3600, '1h'],
    [47 * 3600, '47h'],
    [49 * 3600, '2d'],
    [15 * 86_400, '2w'],
  ])('tells %i seconds as %s', (seconds, text) => {
    expect(age(new Date(now - seconds * 1000).toISOString(), now)).toBe(text);
  });

  it('takes as many columns as it is drawn in', () => {
    expect([textWidth('cart'), textWidth('日本'), textWidth('é'), textWidth('e\u0301'), textWidth('🚀')]).toEqual([
      4, 4, 1, 1, 2,
    ]);
    expect(padEnd('日本', 6)).toBe('日本  ');
  });

  it('holds nothing that moves the cursor or turns the direction', () => {
    expect(printable('a\u001b[2J\u009b1A\nb\u202ec')).toBe('a[2J1Abc');
  });
});
