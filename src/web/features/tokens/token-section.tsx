import { Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Token } from '../../../contract/access.ts';
import { mayWrite } from '../../lib/may-write.ts';
import { useSession } from '../../lib/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { PageSection } from '../../ui/page.tsx';
import { useToast } from '../../ui/toast.tsx';
import { CreateTokenDialog } from './create-token-dialog.tsx';
import { NewSecret } from './new-secret.tsx';
import { RevokeTokenDialog } from './revoke-token-dialog.tsx';
import { RotateTokenDialog } from './rotate-token-dialog.tsx';
import type { TokenHolder } from './token-holder.ts';
import { TokenList } from './token-list.tsx';
import { useTokens } from './use-tokens.ts';

interface TokenSectionProps {
  readonly holder: TokenHolder;
}

/** What the reader is asked by a dialog. */
type Asked = { readonly action: 'create' } | { readonly action: 'rotate' | 'revoke'; readonly token: Token };

/** Tokens of the reader, a project or a group: those there are, new ones, and how they end. */
export function TokenSection({ holder }: TokenSectionProps) {
  const session = useSession();
  const tell = useToast();
  const found = useTokens(holder);
  const [asked, setAsked] = useState<Asked>();
  const [made, setMade] = useState<Token>();
  const box = useRef<HTMLDivElement>(null);
  const isAdmin = session?.scopes.includes('admin') ?? false;
  const shown = (token: Token) => {
    setMade(token);
    setAsked(undefined);
  };
  const done = () => {
    setMade(undefined);
    box.current?.querySelector('button')?.focus();
  };
  const dialog = {
    holder,
    onClose: () => setAsked(undefined),
    // What was pressed may be gone by what was done; a new secret takes the focus.
    returnFocus: () => {
      const secret = box.current?.querySelector<HTMLElement>('[aria-label^="Token "]');
      return secret ?? (asked?.action === 'create' ? null : (box.current?.querySelector('button') ?? null));
    },
  };
  const onCreate = () => setAsked({ action: 'create' });
  return (
    <div ref={box} className="not-first:mt-6">
      <PageSection
        title="Tokens"
        about={aboutOf(holder)}
        actions={
          mayWrite(session) && found.list.data ? (
            <Button look="primary" onClick={onCreate}>
              <Plus aria-hidden size={14} />
              New token
            </Button>
          ) : undefined
        }
      >
        {made ? <NewSecret token={made} holder={holder} onDone={done} /> : null}
        <TokenList holder={holder} found={found} onAct={(action, token) => setAsked({ action, token })} />
      </PageSection>
      {asked?.action === 'create' ? <CreateTokenDialog {...dialog} isAdmin={isAdmin} onCreated={shown} /> : null}
      {asked?.action === 'rotate' ? <RotateTokenDialog {...dialog} token={asked.token} onRotated={shown} /> : null}
      {asked?.action === 'revoke' ? (
        <RevokeTokenDialog
          {...dialog}
          token={asked.token}
          onRevoked={() => {
            setAsked(undefined);
            if (made?.id === asked.token.id) setMade(undefined);
            tell(`The token ${asked.token.name} is revoked.`);
          }}
        />
      ) : null}
    </div>
  );
}

function aboutOf(holder: TokenHolder): string {
  if (holder.kind === 'user')
    return 'They let your scripts and tools do what you may do here, as far as their scopes go. For a pipeline, take a token of its project.';
  if (holder.kind === 'project')
    return 'For the pipelines and tools of this project. Each acts for a bot that is a member here, and reaches nothing else.';
  return 'For pipelines and tools of all projects in this group. Each acts for a bot that is a member here, and reaches nothing else.';
}
