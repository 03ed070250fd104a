import type { ReactNode } from 'react';
import { ShiplogError } from '../../client/shiplog-error.ts';
import { EmptyNotice, FailurePage } from '../ui/notice.tsx';
import { mayWrite } from './may-write.ts';
import { NotThere } from './not-there.tsx';
import { nameAt } from './project-name.ts';
import { failureText } from './refusal.ts';
import { SignInNotice } from './sign-in-notice.tsx';
import { useSession } from './use-session.ts';

interface RefusedNoticeProps {
  /** What was asked for: "webhooks". */
  readonly what: string;
  /** The project it belongs to; absent: it belongs to all of Shiplog. */
  readonly of?: string | undefined;
  /** Who may see it: "maintainers of the project". */
  readonly onlyFor: string;
  /** A session that may only read would do, so that is not why. */
  readonly reading?: boolean;
  /** Why it is not for everybody, and whom to ask. */
  readonly children?: ReactNode;
  readonly error: Error;
  readonly onRetry: () => void;
}

/** Why the reader does not see what was asked for, in words, and the way on. */
export function RefusedNotice({
  what,
  of: place,
  onlyFor,
  reading = false,
  children,
  error,
  onRetry,
}: RefusedNoticeProps) {
  const session = useSession();
  const status = error instanceof ShiplogError ? error.status : undefined;
  const of = place === undefined ? undefined : nameAt(place);
  const whole = of === undefined ? `the ${what}` : `the ${what} of ${of}`;
  if (status === 401 || (status === 403 && session?.signed_in === false)) {
    return <SignInNotice>{`Sign in to see ${whole}.`}</SignInNotice>;
  }
  if (status === 403 && !reading && !mayWrite(session)) {
    return (
      <EmptyNotice title="This session may only read">
        Sign in with your password, or with a token that may write, to see {whole}.
      </EmptyNotice>
    );
  }
  if (status === 403) {
    return (
      <EmptyNotice title={`Only ${onlyFor} see the ${what}`}>
        {children ?? 'Ask one of them for what you need, or to let you in.'}
      </EmptyNotice>
    );
  }
  if (status === 404 && of !== undefined) {
    return (
      <NotThere title="There is no such project here">
        Nothing named {of} has been deployed, or you are not a member of it.
      </NotThere>
    );
  }
  return (
    <FailurePage
      title={`${whole.charAt(0).toUpperCase()}${whole.slice(1)} could not be loaded`}
      why={failureText(error)}
      onRetry={onRetry}
    />
  );
}
