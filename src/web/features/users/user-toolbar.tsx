import { countText } from '../../lib/count-text.ts';
import { FilterButton } from '../../ui/filter-button.tsx';
import { Menu, MenuChoice } from '../../ui/menu.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { type UserGroup, type UsersSearch, userGroups } from './users-search.ts';

const words: Readonly<Record<UserGroup, string>> = {
  all: 'People',
  active: 'People who may sign in',
  blocked: 'Blocked',
  bots: 'Bots of tokens',
};

interface UserToolbarProps {
  readonly search: UsersSearch;
  readonly total: number;
  readonly onSearch: (change: Partial<UsersSearch>) => void;
}

/** Finds some of the users. */
export function UserToolbar({ search: { q, show }, total, onSearch }: UserToolbarProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 pb-3">
      <SearchField
        label="Search users"
        placeholder="Search names, or a whole address"
        value={q}
        delayMs={220}
        onChange={(text) => onSearch({ q: text })}
      />
      <Menu trigger={<FilterButton label="Show" value={words[show]} />}>
        <MenuChoice
          value={show}
          onChange={(value) => onSearch({ show: userGroups.find((each) => each === value) ?? 'all' })}
          options={userGroups.map((each) => [each, words[each]] as const)}
        />
      </Menu>
      <p role="status" className="shrink-0 text-sm text-muted">
        {countText(total, 'user')}
      </p>
    </div>
  );
}
