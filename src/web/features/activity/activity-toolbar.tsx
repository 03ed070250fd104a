import { useQuery } from '@tanstack/react-query';
import { acceptedNativeStatuses } from '../../../contract/statuses.ts';
import type { FlatSearch } from '../../lib/flat-search.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { Button } from '../../ui/button.tsx';
import { FilterButton } from '../../ui/filter-button.tsx';
import { Menu, MenuChoice } from '../../ui/menu.tsx';
import { PickDates } from '../../ui/pick-dates.tsx';
import { PickOne } from '../../ui/pick-one.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { statusLook } from '../../ui/status-look.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { FilterStrip } from '../../ui/toolbar.tsx';
import { type ActivitySearch, isActivityFiltered, noActivityFilters } from './activity-search.ts';
import { environmentsQuery } from './environments-query.ts';
import { servicesQuery } from './services-query.ts';

interface ActivityToolbarProps {
  readonly search: ActivitySearch;
  readonly onSearch: (patch: FlatSearch) => void;
  /** Those of the project whose page it is, which cannot be chosen then. */
  readonly ofProject?: { readonly environments: readonly string[] };
}

export function ActivityToolbar({ search, onSearch, ofProject }: ActivityToolbarProps) {
  const { client } = usePageServices();
  const environments = useQuery({ ...environmentsQuery(client), enabled: ofProject === undefined });
  const services = useQuery({ ...servicesQuery(client), enabled: ofProject === undefined });
  const { q, status, environment, service, namespace } = search;
  const serviceName =
    service !== undefined && namespace
      ? `${namespace}/${service}`
      : (service ?? (namespace ? `${namespace}/*` : undefined));
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
        <Menu trigger={<FilterButton label="Status" value={status && statusLook(status).word} />}>
          <MenuChoice
            value={status ?? ''}
            onChange={(value) => onSearch({ status: value || undefined })}
            options={[
              ['', 'Any status'],
              ...acceptedNativeStatuses.map((word) => [word, <StatusMark key={word} status={word} />] as const),
            ]}
          />
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
            label="Service"
            value={service}
            shown={serviceName}
            options={services.data?.items ?? []}
            onChange={(value) => onSearch({ service: value, namespace: undefined })}
          />
        )}
        <PickDates label="Happened" value={search.happened} onChange={({ from, to }) => onSearch({ from, to })} />
        {isActivityFiltered(search, ofProject !== undefined) ? (
          <Button look="quiet" onClick={() => onSearch(noActivityFilters)}>
            Clear
          </Button>
        ) : null}
      </FilterStrip>
    </>
  );
}
