import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { LineageNode } from '../../../contract/lineage.ts';
import { nameAt } from '../../lib/project-name.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { PrintedMoment } from '../../ui/printed-moment.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Tag } from '../../ui/tag.tsx';
import { type Lineage, neighbours } from './lineage-layout.ts';
import { LineagePlaces } from './lineage-places.tsx';
import { nodeLabel, nodeName } from './node-name.ts';

interface LineageTableProps {
  readonly lineage: Lineage;
  readonly project: string;
}

/** The same as the graph, in rows, the latest first. */
export function LineageTable({ lineage, project }: LineageTableProps) {
  const { nodes, edges, unknown } = lineage;
  const find = useMemo(() => {
    const byNumber = new Map(nodes.map((node) => [node.deployment, node]));
    const [parents, children] = [neighbours(edges, 'to', 'from'), neighbours(edges, 'from', 'to')];
    const named = (numbers: readonly number[] | undefined) =>
      (numbers ?? []).flatMap((each) => byNumber.get(each) ?? []);
    return {
      parents: (node: LineageNode) => named(parents.get(node.deployment)),
      children: (node: LineageNode) => named(children.get(node.deployment)),
    };
  }, [nodes, edges]);
  const lost = (node: LineageNode) => unknown.filter(({ deployment }) => deployment === node.deployment);
  const rows = nodes.toSorted((a, b) => b.deployment - a.deployment);
  return (
    <DataTable
      label="Promotions"
      rows={rows}
      keyOf={({ deployment }) => deployment}
      columns={[
        { key: 'deployment', head: 'Deployment', cell: (node) => <Named node={node} project={project} /> },
        { key: 'environment', head: 'Environment', cell: ({ environment }) => environment },
        {
          key: 'status',
          head: 'Status',
          cell: ({ status, live }) => (
            <span className="inline-flex flex-wrap items-center gap-x-2">
              <StatusMark status={status} />
              {live ? <Tag tone="success">Live</Tag> : null}
            </span>
          ),
        },
        { key: 'at', head: 'When', cell: ({ at }) => <When at={at} /> },
        {
          key: 'from',
          head: 'Promoted from',
          cell: (node) => (
            <LineagePlaces
              nodes={find.parents(node)}
              project={project}
              beside={node.environment}
              lost={lost(node).map(({ parent }) => parent)}
            />
          ),
        },
        {
          key: 'to',
          head: 'Promoted to',
          cell: (node) => (
            <LineagePlaces nodes={find.children(node)} project={project} beside={node.environment} lost={[]} />
          ),
        },
      ]}
    />
  );
}

function When({ at }: { at: string }) {
  return (
    <span className="text-muted">
      <RelativeTime at={at} />
      <PrintedMoment at={at} />
    </span>
  );
}

function Named({ node, project }: { node: LineageNode; project: string }) {
  return (
    <>
      <Link
        to="/deployments/$number"
        params={{ number: String(node.deployment) }}
        aria-label={nodeLabel(node, project)}
        className="rounded-[3px] font-mono font-semibold hover:underline"
      >
        {nodeName(node)}
      </Link>
      {node.project === project ? null : <span className="block text-sm text-muted">{nameAt(node.project)}</span>}
    </>
  );
}
