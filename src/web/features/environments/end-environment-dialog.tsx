import type { ProjectEnvironment } from '../../../contract/environments.ts';
import { refusalText } from '../../lib/refusal.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useDeleteEnvironment, useStopEnvironment } from './environment-mutations.ts';

interface EndEnvironmentDialogProps {
  readonly project: string;
  readonly environment: ProjectEnvironment;
  readonly onClose: () => void;
  readonly onDone: () => void;
  readonly returnFocus: () => HTMLElement | null;
}

/** Asks before an environment is stopped. */
export function StopEnvironmentDialog({ project, environment, onDone, ...rest }: EndEnvironmentDialogProps) {
  const stop = useStopEnvironment(project);
  return (
    <ConfirmDialog
      title="Stop the environment?"
      word="Stop the environment"
      busy={stop.isPending}
      error={stop.error ? refusalText(stop.error) : undefined}
      onConfirm={() => stop.mutate(environment.id, { onSuccess: onDone })}
      {...rest}
    >
      <p>
        <Name of={environment} /> is marked as stopped: Shiplog switches nothing off by itself. It is available again
        when the next deployment succeeds there. Once stopped, maintainers may delete it.
      </p>
    </ConfirmDialog>
  );
}

/** Asks before an environment is deleted. */
export function DeleteEnvironmentDialog({ project, environment, onDone, ...rest }: EndEnvironmentDialogProps) {
  const remove = useDeleteEnvironment(project);
  return (
    <ConfirmDialog
      title="Delete the environment?"
      word="Delete the environment"
      busy={remove.isPending}
      error={remove.error ? refusalText(remove.error) : undefined}
      onConfirm={() => remove.mutate(environment.id, { onSuccess: onDone })}
      {...rest}
    >
      <p>
        What was deployed to <Name of={environment} /> is no longer shown in the matrix. This cannot be undone. The next
        report that names it makes a new one.
      </p>
    </ConfirmDialog>
  );
}

function Name({ of: { name } }: { of: ProjectEnvironment }) {
  return <strong className="font-medium [overflow-wrap:anywhere]">{name}</strong>;
}
