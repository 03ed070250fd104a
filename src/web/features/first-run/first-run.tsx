import { KeyRound } from 'lucide-react';
import type { Session } from '../../../contract/access.ts';
import { mayWrite } from '../../lib/may-write.ts';
import { Button } from '../../ui/button.tsx';
import { CommandBlock } from '../../ui/command-block.tsx';
import { useCreateFirstToken } from './create-token-mutation.ts';
import { firstCommand } from './first-command.ts';

/** What to do while nothing has been deployed: one command, with the real address and, once made, a real token. */
export function FirstRun({ session }: { session: Session }) {
  const token = useCreateFirstToken();
  const secret = token.data?.token;
  const command = firstCommand(location.origin, secret);
  const mayCreate = mayWrite(session);
  return (
    <section aria-labelledby="first-run" className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-[720px] flex-col gap-6 px-4 pt-[10vh] pb-12">
        <div className="flex flex-col gap-1.5">
          <h2 id="first-run" className="text-xl font-semibold">
            Report your first deployment
          </h2>
          <p className="max-w-[60ch] text-muted">
            Any pipeline that can run a shell command can tell Shiplog what it deploys. Run this one in a terminal: the
            service appears here as soon as it is sent.
          </p>
        </div>
        <CommandBlock command={command}>
          {mayCreate && !secret ? (
            <Button disabled={token.isPending} onClick={() => token.mutate()}>
              <KeyRound aria-hidden size={14} className="text-muted" />
              {token.isPending ? 'Creating' : 'Create a token'}
            </Button>
          ) : null}
        </CommandBlock>
        <TokenNote secret={secret} mayCreate={mayCreate} error={token.error} signedIn={session.signed_in} />
        <p role="status" className="flex items-center gap-2 text-muted">
          <span aria-hidden className="size-[7px] animate-wait rounded-full bg-success" />
          Waiting for the first event
        </p>
      </div>
    </section>
  );
}

interface TokenNoteProps {
  readonly secret: string | undefined;
  readonly mayCreate: boolean;
  readonly signedIn: boolean;
  readonly error: Error | null;
}

function TokenNote({ secret, mayCreate, signedIn, error }: TokenNoteProps) {
  if (error) {
    return (
      <p role="alert" className="text-failed">
        The token could not be created. {error.message}
      </p>
    );
  }
  if (secret) {
    return (
      <p role="status" className="max-w-[60ch]">
        The command now holds the token <strong className="font-semibold">first pipeline</strong>, which may only report
        deployments. It is shown this once: keep it where your pipeline keeps its secrets.
      </p>
    );
  }
  if (mayCreate) {
    return (
      <p className="max-w-[60ch] text-muted">
        It needs a token in SHIPLOG_TOKEN. Create one, and it is put into the command.
      </p>
    );
  }
  return (
    <p className="max-w-[60ch] text-muted">
      It needs a token in SHIPLOG_TOKEN.{' '}
      {signedIn ? 'Ask an administrator for one that may report deployments.' : 'Sign in to create one.'}
    </p>
  );
}
