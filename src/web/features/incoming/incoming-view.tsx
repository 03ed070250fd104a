import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import type { IncomingDelivery, IncomingSecret, IncomingSource, IncomingState } from '../../../contract/incoming.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { failureText } from '../../lib/refusal.ts';
import { RefusedNotice } from '../../lib/refused-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { FailureBar } from '../../ui/notice.tsx';
import { PageSection } from '../../ui/page.tsx';
import { useToast } from '../../ui/toast.tsx';
import { DeleteSecretDialog } from './delete-secret-dialog.tsx';
import { InboxList } from './inbox-list.tsx';
import { IncomingEmpty } from './incoming-empty.tsx';
import { inboxQuery, secretsQuery } from './incoming-query.ts';
import { sourceNames } from './incoming-words.ts';
import { NewSecretDialog } from './new-secret-dialog.tsx';
import { SecretTable } from './secret-table.tsx';

interface IncomingViewProps {
  /** `namespace/service`, or `service` where there is no namespace. */
  readonly project: string;
  readonly state: IncomingState | undefined;
  readonly onState: (state: string | undefined) => void;
  readonly onOpen: (delivery: IncomingDelivery) => void;
}

/** By which secrets other tools tell of a project, and what they told, for its maintainers. */
export function IncomingView({ project, state, onState, onOpen }: IncomingViewProps) {
  const { client } = usePageServices();
  const secrets = useQuery(secretsQuery(client, project));
  // Whether anything ever came: with neither that nor a secret, there is only something to set up.
  const all = useInfiniteQuery({ ...inboxQuery(client, project, undefined), enabled: secrets.isSuccess });
  if (secrets.isPending || (secrets.data && all.isPending))
    return <ListSkeleton label="Loading the incoming webhooks" />;
  if (!secrets.data) {
    return (
      <RefusedNotice
        what="incoming webhooks"
        of={project}
        onlyFor="maintainers of the project"
        error={secrets.error}
        onRetry={() => secrets.refetch()}
      />
    );
  }
  const isNew = secrets.data.items.length === 0 && all.data?.pages[0]?.items.length === 0;
  return (
    <>
      {secrets.isError ? (
        <FailureBar
          title="What is shown may be old."
          why={failureText(secrets.error)}
          onRetry={() => secrets.refetch()}
        />
      ) : null}
      <Secrets project={project} secrets={secrets.data.items} isNew={isNew} />
      {isNew ? null : (
        <PageSection
          title="What came in"
          about="The latest webhooks of the project’s tools and what became of each, for as long as this server keeps them."
        >
          <InboxList project={project} state={state} onState={onState} onOpen={onOpen} />
        </PageSection>
      )}
    </>
  );
}

interface SecretsProps {
  readonly project: string;
  readonly secrets: readonly IncomingSecret[];
  readonly isNew: boolean;
}

type Asked = { readonly source: IncomingSource } | { readonly deleting: IncomingSecret };

function Secrets({ project, secrets, isNew }: SecretsProps) {
  const [asked, setAsked] = useState<Asked>();
  const tell = useToast();
  const create = useRef<HTMLButtonElement>(null);
  const isDeleted = useRef(false);
  const onSetUp = (source: IncomingSource) => setAsked({ source });
  return (
    <>
      {isNew ? (
        <IncomingEmpty project={project} onSetUp={onSetUp} />
      ) : (
        <PageSection
          title="Secrets"
          about="By its secret a tool proves that a webhook is from it. To change one, make a second, enter it at the tool, then delete the first."
          actions={
            <Button ref={create} look="primary" onClick={() => onSetUp('github')}>
              <Plus aria-hidden size={14} />
              New secret
            </Button>
          }
        >
          {secrets.length === 0 ? (
            <p className="border-y px-4 py-3 text-muted">There is none: whatever a tool posts is refused.</p>
          ) : (
            <SecretTable
              secrets={secrets}
              onDelete={(deleting) => {
                isDeleted.current = false;
                setAsked({ deleting });
              }}
            />
          )}
        </PageSection>
      )}
      {asked === undefined ? null : 'source' in asked ? (
        <NewSecretDialog
          project={project}
          source={asked.source}
          onClose={() => setAsked(undefined)}
          returnFocus={() => create.current}
        />
      ) : (
        <DeleteSecretDialog
          project={project}
          secret={asked.deleting}
          onClose={() => setAsked(undefined)}
          onDeleted={() => {
            isDeleted.current = true;
            setAsked(undefined);
            tell(`The secret of ${sourceNames[asked.deleting.source]} is deleted.`);
          }}
          // What was pressed is gone with its row.
          returnFocus={() => (isDeleted.current ? create.current : null)}
        />
      )}
    </>
  );
}
