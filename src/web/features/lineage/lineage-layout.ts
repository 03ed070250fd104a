import type { LineageNode } from '../../../contract/lineage.ts';
import { compareEnvironments } from '../../../contract/tiers.ts';

/** What is known of who was promoted from whom. */
export interface Lineage {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly { readonly from: number; readonly to: number }[];
  readonly unknown: readonly { readonly deployment: number; readonly parent: string }[];
}

export interface PlacedNode {
  readonly node: LineageNode;
  readonly row: number;
  readonly column: number;
}

export interface LineageLayout {
  /** Names of environments, in the order of the matrix. */
  readonly columns: readonly string[];
  readonly rows: number;
  /** Row by row. */
  readonly placed: readonly PlacedNode[];
}

/** Pages of one lineage may have deployments in common. */
export function joinLineages(pages: readonly Lineage[]): Lineage {
  return {
    nodes: distinct(
      pages.flatMap(({ nodes }) => nodes),
      ({ deployment }) => String(deployment),
    ),
    edges: distinct(
      pages.flatMap(({ edges }) => edges),
      ({ from, to }) => `${from} ${to}`,
    ),
    unknown: distinct(
      pages.flatMap(({ unknown }) => unknown),
      ({ deployment, parent }) => `${deployment} ${parent}`,
    ),
  };
}

/**
 * Gives each deployment a cell: its column is its environment, and its row that of what it was promoted from, as long as
 * it is free there and all the way from the parent, since the line runs along it; the next such one below where it is
 * not. What has no parent begins a row, the latest family first.
 */
export function layOut({ nodes, edges }: Lineage): LineageLayout {
  const columns = columnsOf(nodes);
  const taken = new Set<string>();
  const cells = new Map<number, PlacedNode>();
  const byNumber = new Map(nodes.map((node) => [node.deployment, node]));
  const children = neighbours(edges, 'from', 'to');
  let rows = 0;
  const place = (first: LineageNode, from: number): void => {
    const waiting: (readonly [node: LineageNode, row: number, parentColumn: number])[] = [
      [first, from, columns.length],
    ];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [node, wanted, parentColumn] = next;
      if (cells.has(node.deployment)) continue;
      const column = columns.indexOf(node.environment);
      const way = Array.from(Array(columns.length).keys()).filter((each) => each > parentColumn && each < column);
      let row = wanted;
      while ([...way, column].some((each) => taken.has(`${row} ${each}`))) row += 1;
      for (const each of [...way, column]) taken.add(`${row} ${each}`);
      cells.set(node.deployment, { node, row, column });
      rows = Math.max(rows, row + 1);
      const promoted = (children.get(node.deployment) ?? []).flatMap((number) => byNumber.get(number) ?? []);
      // The latest comes first: it is taken from the end.
      for (const child of promoted.toSorted((a, b) => a.deployment - b.deployment)) waiting.push([child, row, column]);
    }
  };
  const latest = latestOf(edges, nodes);
  const isChild = new Set(edges.filter(({ from, to }) => from !== to).map(({ to }) => to));
  const families = nodes.toSorted((a, b) => (latest.get(b.deployment) ?? 0) - (latest.get(a.deployment) ?? 0));
  for (const node of families.filter(({ deployment }) => !isChild.has(deployment))) place(node, rows);
  // Of a circle each is somebody's child.
  for (const node of families) if (!cells.has(node.deployment)) place(node, rows);
  const placed = [...cells.values()].toSorted((a, b) => a.row - b.row || a.column - b.column);
  return { columns, rows, placed };
}

/** A deployment with all that it came from and all that came from it. */
export function lineOf(edges: Lineage['edges'], deployment: number): ReadonlySet<number> {
  return new Set([
    ...reached(neighbours(edges, 'to', 'from'), deployment),
    ...reached(neighbours(edges, 'from', 'to'), deployment),
  ]);
}

/** The highest number of what each came to. */
function latestOf(edges: Lineage['edges'], nodes: readonly LineageNode[]): ReadonlyMap<number, number> {
  const children = neighbours(edges, 'from', 'to');
  return new Map(nodes.map(({ deployment }) => [deployment, Math.max(...reached(children, deployment))]));
}

function reached(next: ReadonlyMap<number, readonly number[]>, from: number): ReadonlySet<number> {
  const found = new Set([from]);
  for (const number of found) for (const other of next.get(number) ?? []) found.add(other);
  return found;
}

export function neighbours(
  edges: Lineage['edges'],
  from: 'from' | 'to',
  to: 'from' | 'to',
): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  for (const edge of edges) {
    const list = found.get(edge[from]);
    if (list) list.push(edge[to]);
    else found.set(edge[from], [edge[to]]);
  }
  return found;
}

function columnsOf(nodes: readonly LineageNode[]): readonly string[] {
  const tiers = new Map(nodes.toReversed().map(({ environment: name, tier }) => [name, { name, tier }]));
  return [...tiers.values()].toSorted(compareEnvironments).map(({ name }) => name);
}

function distinct<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
