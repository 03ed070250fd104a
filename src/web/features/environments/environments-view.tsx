import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { accessLevels } from '../../../contract/access-levels.ts';
import type { ProjectEnvironment } from '../../../contract/environments.ts';
import { slotIn } from '../../../contract/slots.ts';
import { compareEnvironments } from '../../../contract/tiers.ts';
import type { FlatSearch } from '../../lib/flat-search.ts';
import { useLiveRefresh } from '../../lib/live/use-live-refresh.ts';
import { mayOnlyRead } from '../../lib/may-write.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { isOfProject } from '../../lib/project-name.ts';
import { projectQuery } from '../../lib/project-query.ts';
import { failureText } from '../../lib/refusal.ts';
import { RefusedNotice } from '../../lib/refused-notice.tsx';
import { reportCommand } from '../../lib/report-command.ts';
import { useAsked } from '../../lib/use-asked.ts';
import { useProjectMatrix } from '../../lib/use-project-matrix.ts';
import { useSession } from '../../lib/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { CommandBlock } from '../../ui/command-block.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { EmptyNotice, EmptySection, FailureBar } from '../../ui/notice.tsx';
import { DeleteEnvironmentDialog, StopEnvironmentDialog } from './end-environment-dialog.tsx';
import { EnvironmentDialog } from './environment-dialog.tsx';
import { type EnvironmentAction, EnvironmentTable } from './environment-table.tsx';
import { environmentsQuery } from './environments-query.ts';
import { type EnvironmentsSearch, noEnvironmentsFilters } from './environments-search.ts';
import { EnvironmentsToolbar } from './environments-toolbar.tsx';

interface EnvironmentsViewProps {
  readonly project: string;
  readonly search: EnvironmentsSearch;
  readonly onSearch: (patch: FlatSearch) => void;
  /** Opens the history of what was deployed to an environment. */
  readonly onOpen: (environment: string) => void;
}

/** What the reader is asked by a dialog. */
type Asked =
  | { readonly action: 'create' }
  | { readonly action: EnvironmentAction; readonly environment: ProjectEnvironment };

/** The environments of a project: readers see them, developers manage them. */
export function EnvironmentsView({ project, search, onSearch, onOpen }: EnvironmentsViewProps) {
  const { client } = usePageServices();
  const level = useLevel(project);
  const list = useInfiniteQuery(environmentsQuery(client, project, search));
  const matrix = useProjectMatrix(project);
  const { ask, ...question } = useAsked<Asked>(() => document.getElementById('main'));
  const environments = useMemo(
    () => list.data?.pages.flatMap(({ items }) => items).sort(compareEnvironments) ?? [],
    [list.data],
  );
  // What succeeds may have made the environment, or started one that was stopped.
  useLiveRefresh(list, {
    concerns: (event) =>
      isOfProject(event, project) &&
      (event.status === 'success' || !environments.some(({ name }) => name === event.environment)),
  });
  const row = matrix.data?.rows[0];
  if (list.isPending) return <ListSkeleton label="Loading the environments" />;
  if (!list.data) {
    return (
      <RefusedNotice
        what="environments"
        of={project}
        onlyFor="members from reporter on"
        reading
        error={list.error}
        onRetry={() => list.refetch()}
      />
    );
  }
  const isFiltered = search.q !== '' || search.state !== undefined;
  return (
    <>
      {list.isError ? (
        <FailureBar title="What is shown may be old." why={failureText(list.error)} onRetry={() => list.refetch()} />
      ) : null}
      <EnvironmentsToolbar
        search={search}
        onSearch={onSearch}
        onCreate={level >= accessLevels.developer ? () => ask({ action: 'create' }) : undefined}
      />
      {environments.length > 0 ? (
        <EnvironmentTable
          project={project}
          environments={environments}
          slotOf={(environment) => row && slotIn(row, environment)}
          level={level}
          onAct={(action, environment) => ask({ action, environment })}
          onOpen={onOpen}
        />
      ) : isFiltered ? (
        <EmptyNotice title="No environment fits">
          <p className="pb-3">Try fewer filters, or other words.</p>
          <Button onClick={() => onSearch(noEnvironmentsFilters)}>Clear all filters</Button>
        </EmptyNotice>
      ) : (
        <NoneYet project={project} />
      )}
      {environments.length > 0 ? (
        <LoadMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} onMore={() => list.fetchNextPage()} />
      ) : null}
      <Question project={project} {...question} />
    </>
  );
}

/** How much the reader may do in the project; 0 where the session may only read. */
function useLevel(project: string): number {
  const { client } = usePageServices();
  const session = useSession();
  const { data } = useQuery(projectQuery(client, project));
  return data && !mayOnlyRead(session) ? data.access_level : 0;
}

type QuestionProps = Omit<ReturnType<typeof useAsked<Asked>>, 'ask'> & { readonly project: string };

function Question({ project, asked, close, done, returnFocus }: QuestionProps) {
  if (!asked) return null;
  if (asked.action === 'create' || asked.action === 'edit') {
    return (
      <EnvironmentDialog
        project={project}
        environment={asked.action === 'edit' ? asked.environment : undefined}
        onClose={close}
        onSaved={({ name }) => done(`${name} is saved.`)}
      />
    );
  }
  const { action, environment } = asked;
  const Dialog = action === 'stop' ? StopEnvironmentDialog : DeleteEnvironmentDialog;
  return (
    <Dialog
      project={project}
      environment={environment}
      onClose={close}
      onDone={() => done(`${environment.name} is ${action === 'stop' ? 'stopped' : 'deleted'}.`)}
      returnFocus={returnFocus}
    />
  );
}

function NoneYet({ project }: { project: string }) {
  return (
    <EmptySection
      title="No environment yet"
      about="The first report of a deployment makes the environment that it names. Send one from a pipeline, or from a shell with a token in SHIPLOG_TOKEN."
    >
      <CommandBlock command={reportCommand(location.origin, project)} />
    </EmptySection>
  );
}
