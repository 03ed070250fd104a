import { Link } from '@tanstack/react-router';
import type { LineageNode } from '../../../contract/lineage.ts';
import { textLink } from '../../ui/text-link.ts';
import { nodeLabel, nodeName } from './node-name.ts';

const few = 4;

interface LineagePlacesProps {
  readonly nodes: readonly LineageNode[];
  /** Of whose page it is: what is its own need not say so. */
  readonly project: string;
  /** The environment of what was promoted from or to them. */
  readonly beside?: string;
  /** Keys of deployments that nothing here is called. */
  readonly lost: readonly string[];
  /** There is room for one line only: none goes below another. */
  readonly oneLine?: boolean;
}

/** Deployments that others were promoted from or to, by where they are: `staging 4.6.2`. */
export function LineagePlaces({ nodes, project, beside, lost, oneLine = false }: LineagePlacesProps) {
  if (nodes.length + lost.length === 0) return <span className="text-muted">—</span>;
  return (
    <span className={`inline-flex gap-x-3 ${oneLine ? 'min-w-0' : 'flex-wrap'}`}>
      {nodes.slice(0, few).map((node) => (
        <span key={node.deployment}>
          <Link
            to="/deployments/$number"
            params={{ number: String(node.deployment) }}
            aria-label={nodeLabel(node, project)}
            className={textLink}
          >
            {node.environment} <span className="font-mono">{nodeName(node)}</span>
          </Link>
          {node.environment === beside ? <span className="text-muted">, the same environment</span> : null}
        </span>
      ))}
      {nodes.length > few ? <span className="text-muted">and {nodes.length - few} more</span> : null}
      {lost.map((key) => (
        <span key={key} className="text-muted">
          <span className="font-mono break-all">{key}</span>, which is not known here
        </span>
      ))}
    </span>
  );
}
