import type { ProjectDetails } from '../../../contract/projects.ts';
import { refusalText } from '../../lib/refusal.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useDeleteProject } from './delete-project-mutation.ts';

interface DeleteProjectDialogProps {
  readonly project: ProjectDetails;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Asks before a project is deleted, and for its path, so that nobody deletes another. */
export function DeleteProjectDialog({ project: { path }, onClose, onDeleted }: DeleteProjectDialogProps) {
  const remove = useDeleteProject(path);
  return (
    <ConfirmDialog
      title="Delete the project?"
      word="Delete the project"
      mustType={path}
      busy={remove.isPending}
      error={remove.error ? refusalText(remove.error) : undefined}
      onConfirm={() => remove.mutate(undefined, { onSuccess: onDeleted })}
      onClose={onClose}
    >
      <p>
        What was deployed to its environments is no longer shown anywhere. Its members, tokens, webhooks, protected
        environments and freeze periods are gone, too. This cannot be undone. The next report that names{' '}
        <strong className="font-medium [overflow-wrap:anywhere]">{path}</strong> makes a new, empty project.
      </p>
    </ConfirmDialog>
  );
}
