import { useQuery } from '@tanstack/react-query';
import { usePageServices } from '../../lib/page-services.tsx';
import { LineagePlaces } from './lineage-places.tsx';
import { deploymentLineageQuery } from './lineage-query.ts';

interface PromotedFromProps {
  readonly deployment: number;
  readonly project: string;
  /** The keys that it names, which stand there until it is known what is called so. */
  readonly parents: readonly string[];
}

/** What one deployment was promoted from, in a line. */
export function PromotedFrom({ deployment, project, parents }: PromotedFromProps) {
  const { client } = usePageServices();
  const { data } = useQuery(deploymentLineageQuery(client, deployment));
  const numbers = new Set(data?.edges.filter(({ to }) => to === deployment).map(({ from }) => from));
  const nodes = data?.nodes.filter((node) => numbers.has(node.deployment)) ?? [];
  const lost = data?.unknown.filter((each) => each.deployment === deployment).map(({ parent }) => parent) ?? [];
  if (nodes.length + lost.length === 0) return <span className="font-mono break-all">{parents.join(', ')}</span>;
  return <LineagePlaces nodes={nodes} project={project} lost={lost} oneLine />;
}
