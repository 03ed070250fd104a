import { FolderGit2 } from 'lucide-react';
import type { RepositoryAnswer } from '../../../contract/repositories.ts';
import { Button } from '../../ui/button.tsx';
import { EmptySection } from '../../ui/notice.tsx';

interface RepositoryEmptyProps {
  readonly project: string;
  readonly answer: RepositoryAnswer;
  readonly onConnect: () => void;
}

/** What a repository adds, and the way to connect one. */
export function RepositoryEmpty({ project, answer, onConnect }: RepositoryEmptyProps) {
  const { git_error: gitError, may_change: mayChange } = answer;
  return (
    <EmptySection
      title="No repository yet"
      about={
        <>
          With the git repository of {project}, Shiplog says of each merge and pull request in which environments it is
          live, since when and by which deployment; what a deployment ships and a rollback takes out; and what waits in
          staging. Commits and their messages are read, never the contents of files. All else works without.
        </>
      }
    >
      {gitError === null ? null : (
        <p role="alert" className="max-w-measure rounded bg-waiting-tint px-3 py-2 break-words">
          {gitError}
        </p>
      )}
      {mayChange ? (
        <Button look="primary" onClick={onConnect}>
          <FolderGit2 aria-hidden size={14} />
          Connect a repository
        </Button>
      ) : (
        <p className="text-muted">Maintainers of the project connect it: ask one of them.</p>
      )}
    </EmptySection>
  );
}
