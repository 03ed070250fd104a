import { useQuery } from '@tanstack/react-query';
import { Navigate, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { accessLevels } from '../../../contract/access-levels.ts';
import { parseAuditSearch } from '../../features/audit/audit-search.ts';
import { AuditView } from '../../features/audit/audit-view.tsx';
import { GroupView } from '../../features/groups/group-view.tsx';
import { MembersSection } from '../../features/members/members-section.tsx';
import { ProtectionSection } from '../../features/protection/protection-section.tsx';
import { TokenSection } from '../../features/tokens/token-section.tsx';
import { type FlatSearch, textOf } from '../../lib/flat-search.ts';
import { groupQuery } from '../../lib/group-query.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { isStatus } from '../../lib/refusal.ts';
import { useLevel } from '../../lib/use-level.ts';
import { PageTitle } from '../../ui/page-title.tsx';

/** One group: what lies in it, and who and what may do something there; `?q=` finds some of its members. */
export function GroupPage() {
  const { group } = useParams({ from: '/shell/settings/groups/$group' });
  const search = useSearch({ from: '/shell/settings/groups/$group' });
  const navigate = useNavigate({ from: '/settings/groups/$group' });
  const { client } = usePageServices();
  const { data, error } = useQuery(groupQuery(client, group));
  // By whatever else the server finds it, such as its number: what it is called says where to report, too.
  if (data && data.path !== group) {
    return <Navigate to="." params={{ group: data.path }} search={(before) => before} replace />;
  }
  return (
    <>
      <PageTitle>{isStatus(error, 404) ? 'No such group' : `Group ${group}`}</PageTitle>
      <GroupView key={group} path={group}>
        <MembersSection
          holder={{ kind: 'group', path: group }}
          search={textOf(search, 'q') ?? ''}
          onSearch={(text) => navigate({ search: (before) => ({ ...before, q: text || undefined }), replace: true })}
        />
        <GroupTokens path={group} />
        <GroupProtection path={group} />
        <GroupAudit
          path={group}
          search={search}
          onSearch={(patch) => navigate({ search: (before) => ({ ...before, ...patch }), resetScroll: false })}
        />
      </GroupView>
    </>
  );
}

/** Only for those who may make and end them. */
function GroupTokens({ path }: { path: string }) {
  const { client } = usePageServices();
  const level = useLevel(useQuery(groupQuery(client, path)));
  if (level < accessLevels.maintainer) return null;
  return <TokenSection holder={{ kind: 'group', path }} />;
}

interface GroupAuditProps {
  readonly path: string;
  readonly search: FlatSearch;
  readonly onSearch: (patch: FlatSearch) => void;
}

/** Only for its maintainers. */
function GroupAudit({ path, search, onSearch }: GroupAuditProps) {
  const { client } = usePageServices();
  const level = useQuery(groupQuery(client, path)).data?.access_level ?? 0;
  if (level < accessLevels.maintainer) return null;
  return <AuditView place={{ kind: 'group', path }} search={parseAuditSearch(search)} onSearch={onSearch} />;
}

/** Only for those who deploy there. */
function GroupProtection({ path }: { path: string }) {
  const { client } = usePageServices();
  const level = useQuery(groupQuery(client, path)).data?.access_level ?? 0;
  return level < accessLevels.developer ? null : <ProtectionSection holder={{ kind: 'group', path }} />;
}
