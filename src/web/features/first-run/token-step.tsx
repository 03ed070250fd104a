import { KeyRound } from 'lucide-react';
import type { Session, Token } from '../../../contract/access.ts';
import { mayWrite } from '../../lib/may-write.ts';
import { nameAt } from '../../lib/project-name.ts';
import { refusalText } from '../../lib/refusal.ts';
import { formatDate } from '../../lib/time-format.ts';
import { Button } from '../../ui/button.tsx';
import { OneTimeSecret } from '../../ui/one-time-secret.tsx';
import { tokenDays, type useCreatePipelineToken } from './create-token-mutation.ts';

interface TokenStepProps {
  readonly session: Session;
  /** The path of what it is to report; absent: nothing is named. */
  readonly project: string | undefined;
  readonly token: ReturnType<typeof useCreatePipelineToken>;
}

/** The token that what follows needs, made by one press where the reader may. */
export function TokenStep({ session, project, token }: TokenStepProps) {
  if (token.data?.token !== undefined) {
    return (
      <OneTimeSecret
        label="Token of the pipeline"
        secret={token.data.token}
        note={`${reachOf(token.data, project)} It is part of what follows. Keep it where your pipeline keeps its secrets.`}
      />
    );
  }
  const mayCreate = mayWrite(session);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded border bg-surface px-3 py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium">It needs a token that may report deployments</p>
        {token.error ? (
          <p role="alert" className="break-words text-failed">
            The token could not be created. {refusalText(token.error)}
          </p>
        ) : (
          <p className="text-muted">{whatToDo(session, mayCreate)}</p>
        )}
      </div>
      {mayCreate ? (
        <Button look="primary" disabled={token.isPending} onClick={() => token.mutate()}>
          <KeyRound aria-hidden size={14} />
          {token.isPending ? 'Creating' : 'Create a token'}
        </Button>
      ) : null}
    </div>
  );
}

/** What a token may do, where, and how long. */
function reachOf({ project, group, expires_at: end }: Token, asked: string | undefined): string {
  const until = end === null ? '' : `, until ${formatDate(Date.parse(end))}`;
  const place = project === undefined ? group && `services of ${group}` : nameAt(project);
  if (place !== undefined) return `It may only report deployments of ${place}${until}.`;
  const narrower =
    asked === undefined
      ? 'Name the service first for one that reaches nothing else.'
      : `A maintainer of ${nameAt(asked)} can make one that reaches nothing else.`;
  return `It is a personal token: it reports deployments as you, wherever you may${until}. ${narrower}`;
}

function whatToDo({ signed_in: signedIn }: Session, mayCreate: boolean): string {
  if (mayCreate)
    return `Create one, which ends after ${tokenDays} days, and it is put into what follows; or use one that you have as SHIPLOG_TOKEN.`;
  return signedIn
    ? 'This session may not create one: ask an administrator, and use it as SHIPLOG_TOKEN.'
    : 'Sign in to create one, or use one that you have as SHIPLOG_TOKEN.';
}
