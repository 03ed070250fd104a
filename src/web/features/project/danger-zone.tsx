import { type ReactNode, useState } from 'react';
import { accessLevels } from '../../../contract/access-levels.ts';
import type { ProjectDetails } from '../../../contract/projects.ts';
import { visibleMarks } from '../../lib/visible-marks.ts';
import { Button } from '../../ui/button.tsx';
import { PageSection } from '../../ui/page.tsx';
import { useToast } from '../../ui/toast.tsx';
import { DeleteProjectDialog } from './delete-project-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';

interface DangerZoneProps {
  readonly project: ProjectDetails;
  readonly onRenamed: (path: string) => void;
  readonly onDeleted: () => void;
}

/** What breaks links or cannot be undone, each asked for twice. */
export function DangerZone({ project, onRenamed, onDeleted }: DangerZoneProps) {
  const [asked, setAsked] = useState<'rename' | 'delete'>();
  const tell = useToast();
  const close = () => setAsked(undefined);
  return (
    <PageSection title="Path and deletion">
      <ul className="mx-4 max-w-form divide-y rounded border border-line-strong">
        <Risk
          title="Change the path"
          about={`It is ${visibleMarks(project.path)} now, in links and in what pipelines report.`}
          action={<Button onClick={() => setAsked('rename')}>Change the path…</Button>}
        />
        {project.access_level >= accessLevels.owner ? (
          <Risk
            title="Delete the project"
            about="With all that is shown of it. This cannot be undone."
            action={
              <Button look="danger" onClick={() => setAsked('delete')}>
                Delete…
              </Button>
            }
          />
        ) : null}
      </ul>
      {asked === 'rename' ? (
        <RenameDialog
          project={project}
          onClose={close}
          onRenamed={(path) => {
            close();
            tell(`The project is ${path} now.`);
            onRenamed(path);
          }}
        />
      ) : asked === 'delete' ? (
        <DeleteProjectDialog
          project={project}
          onClose={close}
          onDeleted={() => {
            tell(`${project.path} is deleted.`);
            onDeleted();
          }}
        />
      ) : null}
    </PageSection>
  );
}

function Risk({ title, about, action }: { title: string; about: string; action: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5">
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium">{title}</p>
        <p className="text-muted [overflow-wrap:anywhere]">{about}</p>
      </div>
      {action}
    </li>
  );
}
