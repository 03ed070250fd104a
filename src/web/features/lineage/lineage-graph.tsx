import { type KeyboardEvent, useMemo, useState } from 'react';
import { SideScroll } from '../../ui/side-scroll.tsx';
import { GraphEdges, geometry } from './graph-edges.tsx';
import { GraphNode } from './graph-node.tsx';
import { type Lineage, layOut, lineOf, neighbours } from './lineage-layout.ts';

interface LineageGraphProps {
  readonly lineage: Lineage;
  /** Whose lineage it is: deployments of others say whose they are. */
  readonly project: string;
  /** The deployment that it is about, if it is about one. */
  readonly own?: number;
}

/** Deployments as nodes, one column an environment, with a line from each to what was promoted from it. */
export function LineageGraph({ lineage, project, own }: LineageGraphProps) {
  const layout = useMemo(() => layOut(lineage), [lineage]);
  const [pointed, setPointed] = useState<number>();
  const lit = useMemo(
    () => (pointed === undefined ? undefined : lineOf(lineage.edges, pointed)),
    [lineage.edges, pointed],
  );
  const { columnWidth, gap, rowHeight, headHeight } = geometry;
  const columns = layout.columns.length;
  const width = columns * (columnWidth + gap) - gap;
  const columnOf = new Map(layout.placed.map(({ node, column }) => [node.deployment, column]));
  const leadsBack = lineage.edges.some(({ from, to }) => (columnOf.get(to) ?? columns) <= (columnOf.get(from) ?? -1));
  const leave = (deployment: number) => setPointed((before) => (before === deployment ? undefined : before));
  return (
    <>
      <SideScroll>
        <div className="relative" style={{ width, height: headHeight + layout.rows * rowHeight }}>
          {layout.columns.map((name, column) => (
            <p
              key={name}
              className="absolute top-0 truncate text-sm font-medium text-muted"
              style={{ left: column * (columnWidth + gap), width: columnWidth }}
            >
              {name}
            </p>
          ))}
          <GraphEdges placed={layout.placed} edges={lineage.edges} lit={lit} width={width} rows={layout.rows} />
          <ul aria-label="Deployments" onKeyDown={(event) => follow(event, lineage)}>
            {layout.placed.map((placed) => (
              <GraphNode
                key={placed.node.deployment}
                placed={placed}
                project={project}
                isOwn={placed.node.deployment === own}
                isDim={lit !== undefined && !lit.has(placed.node.deployment)}
                onPoint={() => setPointed(placed.node.deployment)}
                onLeave={() => leave(placed.node.deployment)}
              />
            ))}
          </ul>
        </div>
      </SideScroll>
      {leadsBack ? (
        <p className="pt-3 text-sm text-muted">
          A dashed line leads to a deployment in the same environment, or in one before it.
        </p>
      ) : null}
    </>
  );
}

const ways: Readonly<Record<string, readonly ['from' | 'to', 'from' | 'to']>> = {
  ArrowLeft: ['to', 'from'],
  ArrowRight: ['from', 'to'],
};

/** The arrows go along the lines: left to what a deployment came from, right to what came from it. */
function follow(event: KeyboardEvent<HTMLElement>, { edges }: Lineage): void {
  const way = ways[event.key];
  const at = event.target instanceof HTMLElement ? event.target.dataset['deployment'] : undefined;
  if (!way || at === undefined) return;
  const [next] = neighbours(edges, ...way).get(Number(at)) ?? [];
  const target = event.currentTarget.querySelector<HTMLElement>(`[data-deployment="${next}"]`);
  if (!target) return;
  event.preventDefault();
  target.focus();
}
