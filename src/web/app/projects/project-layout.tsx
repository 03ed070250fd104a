import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, Outlet, useMatchRoute, useParams } from '@tanstack/react-router';
import { ShiplogError } from '../../../client/shiplog-error.ts';
import { ProjectHead } from '../../features/project/project-head.tsx';
import { usePageServices } from '../../lib/page-services.tsx';
import { nameAt } from '../../lib/project-name.ts';
import { projectQuery } from '../../lib/project-query.ts';
import { isStatus } from '../../lib/refusal.ts';
import { RefusedNotice } from '../../lib/refused-notice.tsx';
import { LinkStrip } from '../../ui/link-strip.tsx';
import { scrollsPage, tabLink } from '../../ui/page.tsx';
import { PageTitle } from '../../ui/page-title.tsx';

const tabs = [
  { to: '/projects/$project', word: 'Overview', exact: true },
  { to: '/projects/$project/deployments', word: 'Deployments', exact: false },
  { to: '/projects/$project/environments', word: 'Environments', exact: false },
  { to: '/projects/$project/changes', word: 'Changes', exact: false },
  { to: '/projects/$project/lineage', word: 'Lineage', exact: false },
  { to: '/projects/$project/settings', word: 'Settings', exact: false },
] as const;

/** What every page of a project has above it: whose it is, and the way from one to the other. */
export function ProjectLayout() {
  const { project: path } = useParams({ from: '/shell/projects/$project' });
  const { client } = usePageServices();
  const project = useQuery(projectQuery(client, path));
  // The list of deployments scrolls by itself, for it may be endless; other pages scroll as a whole.
  const fills = useMatchRoute()({ to: '/projects/$project/deployments' }) !== false;
  if (project.isError && !project.data && isRefused(project.error)) {
    return (
      <>
        <PageTitle>{isStatus(project.error, 404) ? 'No such project' : nameAt(path)}</PageTitle>
        <RefusedNotice
          what="project"
          of={path}
          onlyFor="members"
          reading
          error={project.error}
          onRetry={() => project.refetch()}
        />
      </>
    );
  }
  const itsPath = project.data?.path;
  if (itsPath !== undefined && itsPath !== path) {
    return <Navigate to="." params={{ project: itsPath }} search={(before) => before} replace />;
  }
  return (
    <div
      {...(fills ? {} : scrollsPage)}
      className={`min-h-0 flex-1 ${fills ? 'flex flex-col' : 'overflow-y-auto overscroll-contain'}`}
    >
      <div className={`mx-auto w-full max-w-page ${fills ? 'flex min-h-0 flex-1 flex-col' : 'pb-12'}`}>
        <ProjectHead path={path} project={project.data} />
        <LinkStrip label={`Pages of ${nameAt(path)}`} className="shrink-0 gap-5 border-b px-4">
          {tabs.map(({ to, word, exact }) => (
            <Link
              key={to}
              to={to}
              params={{ project: path }}
              search={{}}
              activeOptions={{ exact, includeSearch: false }}
              className={tabLink}
            >
              {word}
            </Link>
          ))}
        </LinkStrip>
        <Outlet />
      </div>
    </div>
  );
}

/** What is unreachable for a moment may be shown from before; what is not there, or not theirs, may not. */
function isRefused(error: Error): boolean {
  return error instanceof ShiplogError && [401, 403, 404].includes(error.status);
}
