import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { FolderGit2, Plus } from 'lucide-react';
import { accessLevels } from '../../../contract/access-levels.ts';
import type { RepositoryStanding } from '../../../contract/changes.ts';
import { projectPath } from '../../../contract/project-path.ts';
import { matrixQuery } from '../../lib/matrix-query.ts';
import { mayWrite } from '../../lib/may-write.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { nameAt } from '../../lib/project-name.ts';
import { projectQuery } from '../../lib/project-query.ts';
import { SignInLink } from '../../lib/sign-in-notice.tsx';
import { useSession } from '../../lib/use-session.ts';
import { buttonLook } from '../../ui/button.tsx';
import { CommandBlock } from '../../ui/command-block.tsx';
import { EmptySection } from '../../ui/notice.tsx';
import { PickOne } from '../../ui/pick-one.tsx';
import { connectCommand } from './connect-command.ts';
import { projectsQuery } from './projects-query.ts';

interface ChangesEmptyProps {
  readonly standing: RepositoryStanding | undefined;
  /** Whose changes were asked for, where they were of one project. */
  readonly project: string | undefined;
}

const ofConnected =
  'Those named in the messages of commits appear here, and those that a webhook or the forge tells of.';
const ofUnconnected =
  'Connect a project’s git repository, and Shiplog finds the merge and pull requests in it: in which environments each is live, since when and by which deployment, what a rollback took out, and what waits in staging. Everything else works without.';

/** What connecting a repository adds, and how; with one, why there is nothing yet. */
export function ChangesEmpty({ standing, project }: ChangesEmptyProps) {
  const connected = standing?.state !== 'none';
  return (
    <EmptySection
      title={connected ? 'No merge or pull request yet' : 'Where is my change?'}
      about={connected ? ofConnected : ofUnconnected}
    >
      <WayOn project={project} connected={connected} />
    </EmptySection>
  );
}

interface WayOnProps {
  readonly project: string | undefined;
  readonly connected: boolean;
}

/** Only who maintains a project connects its repository: others are told whom to ask. */
function WayOn({ project, connected }: WayOnProps) {
  const session = useSession();
  const { client } = usePageServices();
  const isSignedIn = session?.signed_in === true;
  const one = useQuery({ ...projectQuery(client, project ?? ''), enabled: isSignedIn && project !== undefined });
  const all = useQuery({ ...projectsQuery(client), enabled: isSignedIn && project === undefined });
  if (!session) return null;
  if (!session.signed_in) {
    return (
      <div className="flex flex-wrap items-center gap-2">
        <SignInLink />
        <span className="text-muted">A maintainer of the project connects its repository.</span>
      </div>
    );
  }
  const known = one.data ? [one.data] : all.data?.items;
  if (known?.length === 0 && mayWrite(session)) return <NoProject />;
  const maintained = known?.find(({ access_level: level }) => level >= accessLevels.maintainer);
  // Of more projects than were asked for, one may be theirs.
  const mayMaintain = maintained !== undefined || (all.data?.next_page ?? null) !== null;
  if (!mayWrite(session) || (known && !mayMaintain)) {
    return connected ? null : (
      <p className="max-w-measure text-muted">
        Ask a maintainer of {project === undefined ? 'the project' : nameAt(project)} to connect its repository: they
        find it under its settings.
      </p>
    );
  }
  return known ? <Connect project={project} connected={connected} example={maintained?.path} /> : null;
}

function NoProject() {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Link to="/add" search={{}} className={buttonLook('primary')}>
        <Plus aria-hidden size={14} />
        Add a pipeline
      </Link>
      <span className="text-muted">There is no project yet: the first report of a deployment makes one.</span>
    </div>
  );
}

/** `example`: a project of theirs to show the command with. */
function Connect({
  project,
  connected,
  example = 'my-group/my-project',
}: WayOnProps & { example?: string | undefined }) {
  const services = usePageServices();
  const navigate = useNavigate();
  const matrix = useQuery({ ...matrixQuery(services), enabled: project === undefined });
  const projects = matrix.data?.rows.map(projectPath) ?? [];
  const settings = '/projects/$project/settings/repository';
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        {project === undefined ? (
          <PickOne
            label="Project"
            value={undefined}
            shown={undefined}
            options={projects}
            written={nameAt}
            onChange={(chosen) => {
              if (chosen !== undefined) navigate({ to: settings, params: { project: chosen }, search: {} });
            }}
          />
        ) : (
          <Link to={settings} params={{ project }} className={buttonLook('primary')}>
            <FolderGit2 aria-hidden size={14} />
            {connected ? 'Show its repository' : 'Connect its repository'}
          </Link>
        )}
        {project === undefined ? (
          <span className="text-muted">Choose one to {connected ? 'see' : 'connect'} its repository.</span>
        ) : null}
      </div>
      {connected ? null : (
        <div className="flex w-full flex-col gap-2">
          <h3 className="font-medium">Or from a shell</h3>
          <p className="max-w-measure text-muted">It needs the token of a maintainer in SHIPLOG_TOKEN.</p>
          <CommandBlock command={connectCommand(location.origin, project ?? example)} />
        </div>
      )}
    </>
  );
}
