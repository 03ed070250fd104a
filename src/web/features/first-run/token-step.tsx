import { KeyRound } from 'lucide-react';
import type { Session } from '../../../contract/access.ts';
import { refusalText } from '../../lib/refusal.ts';
import { Button } from '../../ui/button.tsx';
import { OneTimeSecret } from '../../ui/one-time-secret.tsx';
import type { useCreatePipelineToken } from './create-token-mutation.ts';

interface TokenStepProps {
  readonly session: Session;
  readonly mayCreate: boolean;
  readonly token: ReturnType<typeof useCreatePipelineToken>;
}

/** The token that what follows needs, made by one press where the reader may. */
export function TokenStep({ session, mayCreate, token }: TokenStepProps) {
  if (token.data?.token !== undefined) {
    return (
      <OneTimeSecret
        label="Token of the pipeline"
        secret={token.data.token}
        note="It may only report deployments, and is part of what follows. Keep it where your pipeline keeps its secrets."
      />
    );
  }
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

function whatToDo({ signed_in: signedIn }: Session, mayCreate: boolean): string {
  if (mayCreate) return 'Create one, and it is put into what follows; or use one that you have as SHIPLOG_TOKEN.';
  return signedIn
    ? 'This session may not create one: ask an administrator, and use it as SHIPLOG_TOKEN.'
    : 'Sign in to create one, or use one that you have as SHIPLOG_TOKEN.';
}
