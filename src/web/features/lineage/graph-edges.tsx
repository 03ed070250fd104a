import type { Lineage, PlacedNode } from './lineage-layout.ts';

/** In pixels; a row has a node and the space below it. */
export const geometry = { columnWidth: 164, gap: 40, rowHeight: 60, nodeHeight: 48, headHeight: 28 } as const;

interface GraphEdgesProps {
  readonly placed: readonly PlacedNode[];
  readonly edges: Lineage['edges'];
  /** The deployments whose lines stand out; absent: none do. */
  readonly lit: ReadonlySet<number> | undefined;
  readonly width: number;
  readonly rows: number;
}

/** The lines between the nodes. Each node says the same in words, so these are for the eye alone. */
export function GraphEdges({ placed, edges, lit, width, rows }: GraphEdgesProps) {
  const at = new Map(placed.map((each) => [each.node.deployment, each]));
  const lines = edges.flatMap(({ from, to }) => {
    const [parent, child] = [at.get(from), at.get(to)];
    return parent && child
      ? [
          {
            from,
            to,
            path: pathOf(parent, child),
            isBack: child.column <= parent.column,
            isLit: lit?.has(from) && lit.has(to),
          },
        ]
      : [];
  });
  return (
    <svg
      aria-hidden
      width={width}
      height={geometry.headHeight + rows * geometry.rowHeight}
      className="pointer-events-none absolute inset-0 overflow-visible"
      fill="none"
    >
      {lines
        .toSorted((a, b) => Number(a.isLit ?? false) - Number(b.isLit ?? false))
        .map(({ from, to, path, isBack, isLit }) => (
          <path
            key={`${from} ${to}`}
            d={path}
            strokeLinejoin="round"
            strokeDasharray={isBack ? '3 3' : undefined}
            strokeWidth={isLit ? 2 : 1.25}
            className={isLit ? 'stroke-focus' : lit ? 'stroke-line' : 'stroke-line-strong'}
          />
        ))}
    </svg>
  );
}

/**
 * From the right of a parent to the left of its child; in one column down beside the nodes, and to what lies further left
 * below its row.
 */
function pathOf(parent: PlacedNode, child: PlacedNode): string {
  const { columnWidth, gap, rowHeight, nodeHeight, headHeight } = geometry;
  const top = ({ row }: PlacedNode) => headHeight + row * rowHeight;
  const left = ({ column }: PlacedNode) => column * (columnWidth + gap);
  const [y1, y2] = [top(parent) + nodeHeight / 2, top(child) + nodeHeight / 2];
  if (child.column === parent.column) {
    // Left of the first column is no room.
    const [edge, out] = parent.column === 0 ? [left(parent) + columnWidth, gap / 4] : [left(parent), -gap / 4];
    return `M ${edge} ${y1} h ${out} V ${y2} H ${edge}`;
  }
  if (child.column < parent.column) {
    const below = top(child) + nodeHeight;
    return `M ${left(parent)} ${y1} h ${-gap / 2} V ${below + (rowHeight - nodeHeight) / 2} H ${left(child) + columnWidth / 2} V ${below}`;
  }
  const [x1, x2] = [left(parent) + columnWidth, left(child)];
  if (y1 === y2) return `M ${x1} ${y1} H ${x2}`;
  // It turns beside the parent: along the row of the child the way is free.
  return `M ${x1} ${y1} C ${x1 + gap / 2} ${y1} ${x1 + gap / 2} ${y2} ${x1 + gap} ${y2} H ${x2}`;
}
