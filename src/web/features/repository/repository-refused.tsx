import { ShiplogError } from '../../../client/shiplog-error.ts';
import { EmptyNotice, FailurePage } from '../../ui/notice.tsx';

interface RepositoryRefusedProps {
  readonly project: string;
  readonly error: Error;
  readonly onRetry: () => void;
}

/** Why the reader sees nothing of the repository, in words. */
export function RepositoryRefused({ project, error, onRetry }: RepositoryRefusedProps) {
  const status = error instanceof ShiplogError ? error.status : undefined;
  if (status === 401) {
    return <EmptyNotice title="Nobody is signed in">Sign in to see the repository of {project}.</EmptyNotice>;
  }
  if (status === 403) {
    return (
      <EmptyNotice title="The repository is for reporters">
        Those who are at least reporters of {project} see where its commits are read from.
      </EmptyNotice>
    );
  }
  if (status === 404) {
    return (
      <EmptyNotice title="There is no such project here">
        Nothing named {project} has been deployed, or you are not a member of it.
      </EmptyNotice>
    );
  }
  return <FailurePage title="The repository could not be loaded" error={error} onRetry={onRetry} />;
}
