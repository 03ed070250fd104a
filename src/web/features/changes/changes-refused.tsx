import { ShiplogError } from '../../../client/shiplog-error.ts';
import { NotThere } from '../../lib/not-there.tsx';
import { nameAt } from '../../lib/project-name.ts';
import { failureText } from '../../lib/refusal.ts';
import { FailurePage } from '../../ui/notice.tsx';

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
      <NotThere title="There is no such project here" to="/changes">
        Nothing named {nameAt(project)} has been deployed, or you are not a member of it.
      </NotThere>
    );
  }
  return <FailurePage title={title} why={failureText(error)} onRetry={onRetry} />;
}
