import { describe, expect, it } from 'vitest';
import type { LineageNode } from '../../../contract/lineage.ts';
import { guessTier } from '../../../contract/tiers.ts';
import { joinLineages, type Lineage, layOut, lineOf } from './lineage-layout.ts';

function node(deployment: number, environment: string): LineageNode {
  return {
    deployment,
    deployment_id: `d${deployment}`,
    project: 'shop/cart',
    environment,
    tier: guessTier(environment),
    status: 'success',
    version: `1.${deployment}.0`,
    sha: null,
    at: '2026-03-01T08:00:00Z',
    live: false,
  };
}

function lineage(nodes: readonly LineageNode[], edges: readonly (readonly [number, number])[]): Lineage {
  return { nodes, edges: edges.map(([from, to]) => ({ from, to })), unknown: [] };
}

const cellsOf = (given: Lineage) =>
  layOut(given).placed.map(({ node: { deployment }, row, column }) => `${deployment} at ${row},${column}`);

describe('A lineage', () => {
  it('is laid out by environments in the order of the matrix, a promoted version a row', () => {
    const given = lineage(
      [node(3, 'production'), node(2, 'staging'), node(1, 'dev')],
      [
        [1, 2],
        [2, 3],
      ],
    );
    expect(layOut(given).columns).toEqual(['dev', 'staging', 'production']);
    expect(cellsOf(given)).toEqual(['1 at 0,0', '2 at 0,1', '3 at 0,2']);
  });

  it('puts the family with the latest promotion first', () => {
    const given = lineage(
      [node(1, 'dev'), node(2, 'dev'), node(3, 'staging'), node(4, 'staging')],
      [
        [1, 4],
        [2, 3],
      ],
    );
    expect(cellsOf(given)).toEqual(['1 at 0,0', '4 at 0,1', '2 at 1,0', '3 at 1,1']);
  });

  it('gives two promotions to one environment a row each, and what has two parents one cell', () => {
    const given = lineage(
      [node(1, 'dev'), node(2, 'qa'), node(3, 'qa'), node(4, 'production')],
      [
        [1, 2],
        [1, 3],
        [2, 4],
        [3, 4],
      ],
    );
    expect(cellsOf(given)).toEqual(['1 at 0,0', '3 at 0,1', '4 at 0,2', '2 at 1,1']);
  });

  it('leaves a way from a parent to a child beyond the next environment, on which nothing stands', () => {
    const given = lineage(
      [node(1, 'staging'), node(2, 'prod-eu'), node(3, 'prod-us')],
      [
        [1, 2],
        [1, 3],
      ],
    );
    expect(cellsOf(given)).toEqual(['1 at 0,0', '3 at 0,2', '2 at 1,1']);
  });

  it('places each of a circle once', () => {
    const given = lineage(
      [node(1, 'dev'), node(2, 'staging')],
      [
        [1, 2],
        [2, 1],
      ],
    );
    expect(layOut(given).placed).toHaveLength(2);
    expect(lineOf(given.edges, 1)).toEqual(new Set([1, 2]));
  });

  it('knows the line of a deployment, without its siblings', () => {
    const edges = [
      { from: 1, to: 2 },
      { from: 1, to: 3 },
      { from: 2, to: 4 },
    ];
    expect(lineOf(edges, 2)).toEqual(new Set([2, 1, 4]));
  });

  it('of several pages holds each deployment once', () => {
    const first = lineage([node(2, 'qa'), node(1, 'dev')], [[1, 2]]);
    const second = lineage([node(3, 'qa'), node(1, 'dev')], [[1, 3]]);
    const joined = joinLineages([first, second]);
    expect([joined.nodes.length, joined.edges.length]).toEqual([3, 2]);
  });
});
