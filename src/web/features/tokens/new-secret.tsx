import type { Token } from '../../../contract/access.ts';
import { Button } from '../../ui/button.tsx';
import { CommandBlock } from '../../ui/command-block.tsx';
import { OneTimeSecret } from '../../ui/one-time-secret.tsx';
import { firstUse } from './record-command.ts';
import type { TokenHolder } from './token-holder.ts';

interface NewSecretProps {
  readonly token: Token;
  readonly holder: TokenHolder;
  readonly onDone: () => void;
}

/** The secret of a token that was just made, and what to do with it. */
export function NewSecret({ token, holder, onDone }: NewSecretProps) {
  const isReporter = token.scopes.some((scope) => scope !== 'read_api');
  return (
    <div className="mx-4 mb-4 flex flex-col gap-3">
      <OneTimeSecret
        label={`Token ${token.name}`}
        secret={token.token ?? ''}
        note="Put it where your pipeline or script keeps its secrets."
      />
      <p className="text-muted">{isReporter ? 'In a pipeline, after it has deployed:' : 'To see that it works:'}</p>
      <CommandBlock command={firstUse(token, holder, location.origin)} />
      <div>
        <Button onClick={onDone}>I have stored it</Button>
      </div>
    </div>
  );
}
