import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ShiplogError } from '../../../client/shiplog-error.ts';
import { accessLevels } from '../../../contract/access-levels.ts';
import { groupQuery } from '../../lib/group-query.ts';
import { NotThere } from '../../lib/not-there.tsx';
import { usePageServices } from '../../lib/page-services.tsx';
import { failureText } from '../../lib/refusal.ts';
import { RefusedNotice } from '../../lib/refused-notice.tsx';
import { useLevel } from '../../lib/use-level.ts';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { FailureBar } from '../../ui/notice.tsx';
import { DeleteGroupSection } from './delete-group-section.tsx';
import { GeneralForm } from './general-form.tsx';
import { GroupHead } from './group-head.tsx';
import { GroupProjectsSection } from './group-projects-section.tsx';
import { SubgroupsSection } from './subgroups-section.tsx';

interface GroupViewProps {
  readonly path: string;
  /** Who and what may do something in it: shown between what lies in it and its settings. */
  readonly children: ReactNode;
}

/** A group: what lies in it, the parts it is given, and for its owners its settings. */
export function GroupView({ path, children }: GroupViewProps) {
  const { client } = usePageServices();
  const navigate = useNavigate();
  const group = useQuery(groupQuery(client, path));
  const level = useLevel(group);
  if (group.isPending) return <ListSkeleton label="Loading the group" rows={6} />;
  if (!group.data) return <GroupRefused path={path} error={group.error} onRetry={() => group.refetch()} />;
  const open = (to: string, isSaved = false) =>
    navigate({
      to: '/settings/groups/$group',
      params: { group: to },
      search: {},
      replace: isSaved,
      ignoreBlocker: isSaved,
    });
  return (
    <>
      {group.isError ? (
        <FailureBar title="What is shown may be old." why={failureText(group.error)} onRetry={() => group.refetch()} />
      ) : null}
      <GroupHead group={group.data} />
      <GroupProjectsSection path={path} />
      <SubgroupsSection
        path={path}
        mayCreate={level >= accessLevels.maintainer}
        mayBeTop={level >= accessLevels.admin}
        onOpen={open}
      />
      {children}
      {level >= accessLevels.owner ? (
        <>
          <GeneralForm
            group={group.data}
            onSaved={(saved) => {
              if (saved.path !== path) open(saved.path, true);
            }}
          />
          <DeleteGroupSection
            path={path}
            onDeleted={() => navigate({ to: '/settings/groups', search: {}, ignoreBlocker: true })}
          />
        </>
      ) : null}
    </>
  );
}

function GroupRefused({ path, error, onRetry }: { path: string; error: Error; onRetry: () => void }) {
  if (error instanceof ShiplogError && error.status === 404) {
    return (
      <NotThere title="There is no such group here" to="/settings/groups">
        Nothing named {path} is a group, or only its members know of it.
      </NotThere>
    );
  }
  return <RefusedNotice what="group" of={path} onlyFor="its members" reading error={error} onRetry={onRetry} />;
}
