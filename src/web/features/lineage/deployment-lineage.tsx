import { useQuery } from '@tanstack/react-query';
import { useLiveRefresh } from '../../lib/live/use-live-refresh.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { failureText } from '../../lib/refusal.ts';
import { useNarrow } from '../../lib/use-narrow.ts';
import { usePrinting } from '../../lib/use-printing.ts';
import { FailureLine } from '../../ui/notice.tsx';
import { sectionTitle } from '../../ui/page.tsx';
import { Bar } from '../../ui/skeleton.tsx';
import { LineageGraph } from './lineage-graph.tsx';
import { deploymentLineageQuery } from './lineage-query.ts';
import { LineageTable } from './lineage-table.tsx';

interface DeploymentLineageSectionProps {
  readonly deployment: number;
  readonly project: string;
}

/** What a deployment was promoted from, and what was promoted from it. */
export function DeploymentLineageSection({ deployment, project }: DeploymentLineageSectionProps) {
  const { client } = usePageServices();
  const query = useQuery(deploymentLineageQuery(client, deployment));
  const known = new Set(query.data?.nodes.map((node) => node.deployment));
  const keys = new Set(query.data?.nodes.map((node) => node.deployment_id));
  useLiveRefresh(query, {
    concerns: ({ deployment_number: number, parent_deployments: parents = [] }) =>
      known.has(number) || parents.some((key) => keys.has(key)),
    pauseMs: 400,
  });
  const isFlat = [useNarrow(), usePrinting()].includes(true);
  return (
    <section aria-labelledby="deployment-lineage" className="min-w-0">
      <h2 id="deployment-lineage" className={`pb-2 ${sectionTitle}`}>
        Lineage
      </h2>
      {query.isPending ? (
        <div role="status" aria-label="Loading the lineage" className="flex flex-col gap-2.5 py-2">
          <Bar width={200} />
          <Bar width={260} height={8} />
        </div>
      ) : !query.data ? (
        <FailureLine
          title="The lineage could not be loaded."
          why={failureText(query.error)}
          onRetry={() => query.refetch()}
        />
      ) : query.data.edges.length === 0 ? (
        <p className="max-w-measure break-words text-muted">
          {query.data.unknown.length > 0
            ? `It says that it was promoted from ${query.data.unknown.map(({ parent }) => parent).join(', ')}, which is not known here.`
            : 'It names no deployment that it was promoted from, and none names it.'}
        </p>
      ) : (
        <>
          {isFlat ? (
            <div className="border-t max-md:[&_tr]:px-0">
              <LineageTable lineage={query.data} project={project} />
            </div>
          ) : (
            <LineageGraph lineage={query.data} project={project} own={deployment} />
          )}
          {query.data.more ? <p className="pt-2 text-sm text-muted">It goes on beyond what is shown.</p> : null}
        </>
      )}
    </section>
  );
}
