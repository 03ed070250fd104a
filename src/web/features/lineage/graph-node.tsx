import { Link } from '@tanstack/react-router';
import { nameAt } from '../../lib/project-name.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { statusLook, toneText } from '../../ui/status-look.ts';
import { StatusIcon } from '../../ui/status-mark.tsx';
import { geometry } from './graph-edges.tsx';
import type { PlacedNode } from './lineage-layout.ts';
import { nodeLabel, nodeName } from './node-name.ts';

interface GraphNodeProps {
  readonly placed: PlacedNode;
  readonly project: string;
  readonly isOwn: boolean;
  readonly isDim: boolean;
  readonly onPoint: () => void;
  readonly onLeave: () => void;
}

/** One deployment: version, status and age; a link to its page. */
export function GraphNode({ placed, project, isOwn, isDim, onPoint, onLeave }: GraphNodeProps) {
  const { node, row, column } = placed;
  const { columnWidth, gap, rowHeight, nodeHeight, headHeight } = geometry;
  const { word, tone } = statusLook(node.status);
  return (
    <li
      className="absolute"
      style={{ left: column * (columnWidth + gap), top: headHeight + row * rowHeight, width: columnWidth }}
    >
      <Link
        to="/deployments/$number"
        params={{ number: String(node.deployment) }}
        aria-label={nodeLabel(node, project)}
        aria-current={isOwn ? 'page' : undefined}
        data-deployment={node.deployment}
        data-tip={node.project === project ? undefined : nameAt(node.project)}
        onPointerEnter={onPoint}
        onPointerLeave={onLeave}
        onFocus={onPoint}
        onBlur={onLeave}
        style={{ height: nodeHeight }}
        className={`flex flex-col justify-center rounded border px-2.5 transition-opacity duration-100 hover:border-focus ${
          isOwn ? 'border-fg' : 'border-line-strong'
        } ${node.live ? 'bg-surface' : 'bg-canvas'} ${isDim ? 'opacity-40' : ''}`}
      >
        <span className="flex items-center gap-1.5">
          <StatusIcon status={node.status} size={13} />
          <span className="min-w-0 flex-1 truncate font-mono font-semibold">{nodeName(node)}</span>
          {node.live ? <span className="text-xs font-medium text-success">Live</span> : null}
        </span>
        <span className="flex gap-1.5 text-xs text-muted">
          <span className={`font-medium ${toneText[tone]}`}>{word}</span>
          <RelativeTime at={node.at} tip={false} />
          {node.project === project ? null : <span className="min-w-0 truncate">{nameAt(node.project)}</span>}
        </span>
      </Link>
    </li>
  );
}
