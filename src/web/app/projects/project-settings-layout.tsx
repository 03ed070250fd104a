import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useParams } from '@tanstack/react-router';
import { accessLevels } from '../../../contract/access-levels.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { projectQuery } from '../../lib/project-query.ts';
import { SettingsGrid, sideLink } from '../../ui/page.tsx';

const pages = [
  { to: '/projects/$project/settings', word: 'General', exact: true },
  { to: '/projects/$project/settings/members', word: 'Members', exact: false },
  { to: '/projects/$project/settings/tokens', word: 'Tokens', exact: false, maintainers: true },
  { to: '/projects/$project/settings/protection', word: 'Protected environments', exact: false },
  { to: '/projects/$project/settings/freezes', word: 'Freeze periods', exact: false },
  { to: '/projects/$project/settings/repository', word: 'Repository', exact: false },
  { to: '/projects/$project/settings/hooks', word: 'Webhooks', exact: false, maintainers: true },
  { to: '/projects/$project/settings/incoming', word: 'Incoming webhooks', exact: false, maintainers: true },
  { to: '/projects/$project/settings/audit', word: 'Audit log', exact: false, maintainers: true },
] as const;

/** The settings of a project; others than its maintainers are not led to what is for these alone. */
export function ProjectSettingsLayout() {
  const { project } = useParams({ from: '/shell/projects/$project/settings' });
  const { data } = useQuery(projectQuery(usePageServices().client, project));
  const maintains = data === undefined || data.access_level >= accessLevels.maintainer;
  const offered = pages.filter((page) => maintains || !('maintainers' in page));
  const links = offered.map(({ to, word, exact }) => (
    <Link
      key={to}
      to={to}
      params={{ project }}
      search={{}}
      activeOptions={{ exact, includeSearch: false }}
      className={sideLink}
    >
      {word}
    </Link>
  ));
  return (
    <SettingsGrid label={`Settings of ${project}`} links={links}>
      <Outlet />
    </SettingsGrid>
  );
}
