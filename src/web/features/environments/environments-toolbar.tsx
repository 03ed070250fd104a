import { Plus } from 'lucide-react';
import type { FlatSearch } from '../../lib/flat-search.ts';
import { Button } from '../../ui/button.tsx';
import { FilterButton } from '../../ui/filter-button.tsx';
import { Menu, MenuChoice } from '../../ui/menu.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { type EnvironmentsSearch, noEnvironmentsFilters } from './environments-search.ts';

const stateWords = { available: 'Available', stopped: 'Stopped' } as const;

interface EnvironmentsToolbarProps {
  readonly search: EnvironmentsSearch;
  readonly onSearch: (patch: FlatSearch) => void;
  /** undefined: the reader may make none. */
  readonly onCreate: (() => void) | undefined;
}

export function EnvironmentsToolbar({ search, onSearch, onCreate }: EnvironmentsToolbarProps) {
  const { q, state } = search;
  return (
    <div className="flex flex-wrap items-center gap-1.5 px-4 py-3">
      <SearchField
        label="Search environments"
        placeholder="Search names"
        value={q}
        delayMs={220}
        onChange={(text) => onSearch({ q: text || undefined })}
      />
      <Menu trigger={<FilterButton label="State" value={state && stateWords[state]} />}>
        <MenuChoice
          value={state ?? ''}
          onChange={(value) => onSearch({ state: value || undefined })}
          options={[['', 'Any state'], ...Object.entries(stateWords)]}
        />
      </Menu>
      {q !== '' || state !== undefined ? (
        <Button look="quiet" onClick={() => onSearch(noEnvironmentsFilters)}>
          Clear
        </Button>
      ) : null}
      {onCreate ? (
        <Button look="primary" className="ml-auto" onClick={onCreate}>
          <Plus aria-hidden size={14} />
          New environment
        </Button>
      ) : null}
    </div>
  );
}
