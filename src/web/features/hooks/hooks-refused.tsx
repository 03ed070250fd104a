import { ShiplogError } from '../../../client/shiplog-error.ts';
import { mayWrite } from '../../lib/may-write.ts';
import { useSession } from '../../lib/use-session.ts';
import { EmptyNotice, FailurePage } from '../../ui/notice.tsx';

interface HooksRefusedProps {
  readonly project: string;
  readonly error: Error;
  readonly onRetry: () => void;
}

/** Why the reader sees no webhooks here, in words. */
export function HooksRefused({ project, error, onRetry }: HooksRefusedProps) {
  const session = useSession();
  const status = error instanceof ShiplogError ? error.status : undefined;
  if (status === 401 || session?.signed_in === false) {
    return <EmptyNotice title="Nobody is signed in">Sign in to see the webhooks of {project}.</EmptyNotice>;
  }
  if (status === 403 && !mayWrite(session)) {
    return (
      <EmptyNotice title="This session may only read">
        Sign in with your password, or with a token that may write, to see the webhooks of {project}.
      </EmptyNotice>
    );
  }
  if (status === 403) {
    return (
      <EmptyNotice title="Webhooks are for maintainers">
        A webhook sends what happens in {project} to another server, and may hold a secret. Only maintainers and owners
        of the project see and change them: ask one of them to set up what you need.
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
  return <FailurePage title="The webhooks could not be loaded" error={error} onRetry={onRetry} />;
}
