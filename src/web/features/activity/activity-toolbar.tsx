import { useQuery } from '@tanstack/react-query';
import { projectAt, projectPath } from '../../../contract/project-path.ts';
import { acceptedNativeStatuses } from '../../../contract/statuses.ts';
import { type FlatSearch, toggled } from '../../lib/flat-search.ts';
import { matrixQuery } from '../../lib/matrix-query.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { nameAt, projectName } from '../../lib/project-name.ts';
import { Button } from '../../ui/button.tsx';
import { FilterButton } from '../../ui/filter-button.tsx';
import { Menu, MenuCheck } from '../../ui/menu.tsx';
import { PickDates } from '../../ui/pick-dates.tsx';
import { PickOne } from '../../ui/pick-one.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { statusLook } from '../../ui/status-look.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { FilterStrip } from '../../ui/toolbar.tsx';
import { type ActivitySearch, isActivityFiltered, noActivityFilters } from './activity-search.ts';
import { environmentsQuery } from './environments-query.ts';

const noProject = { service: undefined, namespace: undefined };

interface ActivityToolbarProps {
  readonly search: ActivitySearch;
  readonly onSearch: (patch: FlatSearch) => void;
  /** Those of the project whose page it is, which cannot be chosen then. */
  readonly ofProject?: { readonly environments: readonly string[] };
}

export function ActivityToolbar({ search, onSearch, ofProject }: ActivityToolbarProps) {
  const services = usePageServices();
  const environments = useQuery({ ...environmentsQuery(services.client), enabled: ofProject === undefined });
  const matrix = useQuery({ ...matrixQuery(services), enabled: ofProject === undefined });
  const { q, status, environment, service, namespace } = search;
  const group = namespace ? `${namespace}/*` : undefined;
  return (
    <>
      <SearchField
        label="Search events"
        placeholder="Search version, sha, person, ref, run"
        value={q}
        delayMs={220}
        onChange={(text) => onSearch({ q: text || undefined })}
      />
      <FilterStrip>
        <Menu trigger={<FilterButton label="Status" value={status.map((word) => statusLook(word).word).join(', ')} />}>
          {acceptedNativeStatuses.map((word) => (
            <MenuCheck
              key={word}
              checked={status.includes(word)}
              onChange={() => onSearch({ status: toggled(status, word) })}
            >
              <StatusMark status={word} />
            </MenuCheck>
          ))}
        </Menu>
        <PickOne
          label="Environment"
          value={environment}
          shown={environment}
          options={ofProject?.environments ?? environments.data?.items ?? []}
          onChange={(value) => onSearch({ environment: value })}
        />
        {ofProject ? null : (
          <PickOne
            label="Project"
            value={service === undefined ? undefined : projectPath({ namespace, service })}
            shown={service === undefined ? group : projectName({ namespace, service })}
            options={matrix.data?.rows.map(projectPath) ?? []}
            written={nameAt}
            onChange={(path) => onSearch(path === undefined ? noProject : projectAt(path))}
          />
        )}
        <PickDates label="Happened" value={search.happened} onChange={(span) => onSearch({ ...span })} />
        {isActivityFiltered(search, ofProject !== undefined) ? (
          <Button look="quiet" onClick={() => onSearch(noActivityFilters)}>
            Clear
          </Button>
        ) : null}
      </FilterStrip>
    </>
  );
}
