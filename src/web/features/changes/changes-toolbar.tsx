import { useQuery } from '@tanstack/react-query';
import { projectPath } from '../../../contract/project-path.ts';
import type { FlatSearch } from '../../lib/flat-search.ts';
import { matrixQuery } from '../../lib/matrix-query.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { nameAt } from '../../lib/project-name.ts';
import { Button } from '../../ui/button.tsx';
import { FilterButton } from '../../ui/filter-button.tsx';
import { Menu, MenuChoice } from '../../ui/menu.tsx';
import { PickDates } from '../../ui/pick-dates.tsx';
import { PickOne } from '../../ui/pick-one.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { FilterStrip } from '../../ui/toolbar.tsx';
import { ChangeMark } from './change-mark.tsx';
import { type ChangesSearch, isChangesFiltered, noChangesFilters } from './changes-search.ts';
import { changeLook, changeStates } from './state-look.ts';
import { useAuthors } from './use-authors.ts';

interface ChangesToolbarProps {
  readonly search: ChangesSearch;
  readonly onSearch: (patch: FlatSearch) => void;
  /** Those of the project whose page it is, which cannot be chosen then. */
  readonly ofProject?: { readonly environments: readonly string[] };
}

export function ChangesToolbar({ search, onSearch, ofProject }: ChangesToolbarProps) {
  const matrix = useQuery({ ...matrixQuery(usePageServices()), enabled: ofProject === undefined });
  const { q, project, environment, author, state, deployed, view } = search;
  const all = view === 'all';
  const authors = useAuthors(search);
  return (
    <>
      <SearchField
        label="Search changes"
        placeholder="Search numbers, titles and descriptions"
        value={q}
        delayMs={220}
        onChange={(text) => onSearch({ q: text || undefined })}
      />
      <FilterStrip>
        {ofProject ? null : (
          <PickOne
            label="Project"
            value={project}
            shown={project && nameAt(project)}
            options={matrix.data?.rows.map(projectPath) ?? []}
            written={nameAt}
            onChange={(value) => onSearch({ project: value })}
          />
        )}
        <PickOne
          label="Environment"
          value={environment}
          shown={environment}
          options={ofProject?.environments ?? matrix.data?.environments ?? []}
          onChange={(value) => onSearch({ environment: value })}
        />
        {all ? (
          <>
            <PickDates label="Deployed" value={deployed} onChange={(span) => onSearch({ ...span })} />
            <Menu trigger={<FilterButton label="State" value={state && changeLook(state).word} />}>
              <MenuChoice
                value={state ?? ''}
                onChange={(value) => onSearch({ state: value || undefined })}
                options={[
                  ['', 'Any state'],
                  ...changeStates.map((word) => [word, <ChangeMark key={word} state={word} />] as const),
                ]}
              />
            </Menu>
            <PickOne
              label="Author"
              value={author}
              shown={author}
              options={authors}
              typed
              onChange={(value) => onSearch({ author: value })}
            />
          </>
        ) : null}
        {isChangesFiltered(ofProject ? { ...search, project: undefined } : search) ? (
          <Button look="quiet" onClick={() => onSearch(noChangesFilters)}>
            Clear
          </Button>
        ) : null}
      </FilterStrip>
    </>
  );
}
