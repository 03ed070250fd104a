import { ShiplogError } from '../../../client/shiplog-error.ts';
import { failureText } from '../../lib/refusal.ts';
import { EmptyNotice, FailurePage } from '../../ui/notice.tsx';

interface ChangesRefusedProps {
  readonly title: string;
  /** Whose changes were asked for, where they were of one project. */
  readonly project: string | undefined;
  readonly error: Error;
  readonly onRetry: () => void;
}

/** Why the reader sees no changes here, in words. */
export function ChangesRefused({ title, project, error, onRetry }: ChangesRefusedProps) {
  if (project !== undefined && error instanceof ShiplogError && error.status === 404) {
    return (
      <EmptyNotice title="There is no such project here">
        Nothing named {project} has been deployed, or you are not a member of it.
      </EmptyNotice>
    );
  }
  return <FailurePage title={title} why={failureText(error)} onRetry={onRetry} />;
}
