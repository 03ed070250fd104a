import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { FolderGit2 } from 'lucide-react';
import type { RepositoryStanding } from '../../../contract/changes.ts';
import { matrixQuery } from '../../lib/matrix-query.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { projectName } from '../../lib/project-name.ts';
import { buttonLook } from '../../ui/button.tsx';
import { CommandBlock } from '../../ui/command-block.tsx';
import { PickOne } from '../../ui/pick-one.tsx';
import { connectCommand } from './connect-command.ts';

interface ChangesEmptyProps {
  readonly standing: RepositoryStanding | undefined;
  /** Whose changes were asked for, where they were of one project. */
  readonly project: string | undefined;
}

/** What connecting a repository adds, and how; with one, why there is nothing yet. */
export function ChangesEmpty({ standing, project }: ChangesEmptyProps) {
  const connected = standing?.state !== 'none';
  return (
    <section aria-labelledby="changes-empty" className="flex flex-col gap-6 px-4 pt-[8vh] pb-12">
      <div className="flex flex-col gap-1.5">
        <h2 id="changes-empty" className="text-xl font-semibold">
          {connected ? 'No merge or pull request yet' : 'Where is my change?'}
        </h2>
        <p className="max-w-[68ch] text-muted">
          {connected
            ? 'Those named in the messages of commits appear here, and those that a webhook or the forge tells of.'
            : 'Connect a project’s git repository, and Shiplog finds the merge and pull requests in it: in which environments each is live, since when and by which deployment, what a rollback took out, and what waits in staging. Everything else works without.'}
        </p>
      </div>
      <Connect project={project} connected={connected} />
    </section>
  );
}

function Connect({ project, connected }: { project: string | undefined; connected: boolean }) {
  const services = usePageServices();
  const navigate = useNavigate();
  const matrix = useQuery({ ...matrixQuery(services), enabled: project === undefined });
  const projects = matrix.data?.rows.map(projectName) ?? [];
  const settings = '/projects/$project/repository';
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        {project === undefined ? (
          <PickOne
            label="Project"
            value={undefined}
            shown={undefined}
            options={projects}
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
        <div className="flex flex-col gap-2">
          <h3 className="font-medium">Or from a shell</h3>
          <p className="max-w-[68ch] text-muted">It needs the token of a maintainer in SHIPLOG_TOKEN.</p>
          <CommandBlock command={connectCommand(location.origin, project ?? projects[0] ?? 'my-group/my-project')} />
        </div>
      )}
    </>
  );
}
