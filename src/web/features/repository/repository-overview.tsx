import { Pencil, RotateCw, Unplug } from 'lucide-react';
import type { Repository, RepositoryAnswer } from '../../../contract/repositories.ts';
import { refusalText } from '../../lib/refusal.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { useFetchRepository } from './fetch-repository-mutation.ts';
import { isBeingRead } from './repository-query.ts';
import { RepositoryState } from './repository-state.tsx';
import { forgeNames, trackedNames } from './repository-words.ts';

interface RepositoryOverviewProps {
  readonly project: string;
  readonly answer: RepositoryAnswer;
  readonly repository: Repository;
  readonly onAct: (action: 'change' | 'remove') => void;
}

/** A connected repository: how reading it goes, what was said of it, and what can be done. */
export function RepositoryOverview({ project, answer, repository, onAct }: RepositoryOverviewProps) {
  const fetchNow = useFetchRepository(project);
  const reading = isBeingRead(answer) || fetchNow.isPending;
  return (
    <>
      <div className="grid gap-x-4 gap-y-3 border-y px-4 py-4 md:grid-cols-[minmax(0,1fr)_auto]">
        <div className="flex min-w-0 flex-col gap-1">
          <h3 className="font-mono leading-5 font-semibold [overflow-wrap:anywhere]">
            {repository.url ?? 'A git repository'}
          </h3>
          <RepositoryState answer={answer} repository={repository} reading={reading} />
        </div>
        {answer.may_change ? (
          <div className="flex flex-wrap items-center gap-1.5 md:self-start">
            <Button disabled={reading} onClick={() => fetchNow.mutate()}>
              <RotateCw aria-hidden size={13} className="text-muted" />
              Fetch now
            </Button>
            <Button onClick={() => onAct('change')}>
              <Pencil aria-hidden size={13} className="text-muted" />
              Change
            </Button>
            <Button look="danger" onClick={() => onAct('remove')}>
              <Unplug aria-hidden size={13} />
              Disconnect
            </Button>
          </div>
        ) : null}
        {fetchNow.error ? (
          <p role="alert" className="break-words text-failed md:col-span-2">
            It could not be asked for. {refusalText(fetchNow.error)}
          </p>
        ) : null}
      </div>
      <Settings repository={repository} />
      {answer.may_change ? null : (
        <p className="border-t px-4 py-3 text-sm text-muted">Maintainers of the project change these settings.</p>
      )}
    </>
  );
}

function Settings({ repository }: { repository: Repository }) {
  const { username, has_secret: hasSecret, path, links_first: linksFirst, tracked, forge } = repository;
  return (
    <div className="px-4 py-4">
      <Facts
        items={[
          { term: 'Credentials', detail: credentialsText(username, hasSecret) },
          { term: 'Folder', detail: path === '' ? 'The whole repository' : <code className="text-sm">{path}</code> },
          { term: 'Environments', detail: trackedNames[tracked] },
          {
            term: 'First deployment',
            detail: linksFirst ? 'Ships all that it contains, as in GitLab' : 'Is the baseline, and ships nothing',
          },
          { term: 'Forge', detail: <ForgeText forge={forge} /> },
        ]}
      />
    </div>
  );
}

function ForgeText({ forge }: Pick<Repository, 'forge'>) {
  if (!forge) {
    return <span className="text-muted">None: titles and authors come from webhooks and commit messages</span>;
  }
  return (
    <>
      {forgeNames[forge.kind]} <code className="text-sm">{forge.project}</code>
      <span className="text-muted">
        {' '}
        {forge.url === null ? null : `at ${forge.url}, `}
        {forge.has_token ? 'with a token' : 'without a token'}
      </span>
      {forge.error === null ? null : (
        <span className="block break-words text-failed">It could not be read. {forge.error}</span>
      )}
    </>
  );
}

function credentialsText(username: string | null, hasSecret: boolean): string {
  if (username === null) return hasSecret ? 'A secret, which is never shown' : 'None';
  return hasSecret ? `${username}, with a secret that is never shown` : `${username}, without a secret`;
}
