import { useQuery } from '@tanstack/react-query';
import type { Hook } from '../../../contract/hooks.ts';
import { useLiveRefresh } from '../../lib/live/use-live-refresh.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { isOfProject } from '../../lib/project-name.ts';
import { failureText } from '../../lib/refusal.ts';
import { RefusedNotice } from '../../lib/refused-notice.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { FailureBar } from '../../ui/notice.tsx';
import { HookList } from './hook-list.tsx';
import { hookPollMs, hooksQuery } from './hooks-query.ts';

interface HooksViewProps {
  /** `namespace/service`, or `service` where there is no namespace. */
  readonly project: string;
  /** Opens the log of a webhook, at one delivery or at none. */
  readonly onOpen: (hook: Hook, delivery: number | undefined) => void;
}

/** The webhooks of a project, for its maintainers; others read why not. */
export function HooksView({ project, onOpen }: HooksViewProps) {
  const { client } = usePageServices();
  const hooks = useQuery({ ...hooksQuery(client, project), refetchInterval: hookPollMs });
  useLiveRefresh(hooks, {
    concerns: (event) => isOfProject(event, project),
    pauseMs: 1000,
  });
  if (hooks.isPending) return <ListSkeleton label="Loading the webhooks" />;
  if (!hooks.data) {
    return (
      <RefusedNotice
        what="webhooks"
        of={project}
        onlyFor="maintainers of the project"
        error={hooks.error}
        onRetry={() => hooks.refetch()}
      />
    );
  }
  return (
    <>
      {hooks.isError ? (
        <FailureBar title="What is shown may be old." why={failureText(hooks.error)} onRetry={() => hooks.refetch()} />
      ) : null}
      <HookList project={project} hooks={hooks.data.items} onOpen={onOpen} />
    </>
  );
}
