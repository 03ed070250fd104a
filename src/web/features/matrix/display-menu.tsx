import { ChevronsDownUp, ChevronsUpDown, SlidersHorizontal } from 'lucide-react';
import { Menu, MenuCheck, MenuChoice, MenuItem, MenuLabel, MenuLine } from '../../ui/menu.tsx';
import type { MatrixSearch, SearchPatch } from './matrix-search.ts';
import { ToolButton } from './tool-button.tsx';

interface DisplayMenuProps {
  /** Namespaces that head a group now. */
  readonly groups: readonly string[];
  readonly search: MatrixSearch;
  readonly onSearch: (patch: SearchPatch) => void;
  /** Rows are entries of a list, which know no other size. */
  readonly list: boolean;
}

const sorts = [
  ['name', 'By name, in namespaces'],
  ['changed', 'Newest change first'],
  ['drift', 'Furthest behind first'],
] as const;

/** In which order rows come, how much room they take, and which namespaces are folded. */
export function DisplayMenu({ groups, search, onSearch, list }: DisplayMenuProps) {
  const foldable = groups.length > 0 && search.q === '';
  return (
    <Menu align="end" trigger={<ToolButton icon={SlidersHorizontal}>Display</ToolButton>}>
      <MenuLabel>Rows</MenuLabel>
      <MenuChoice
        value={search.sort}
        onChange={(sort) => onSearch({ sort: sort === 'name' ? undefined : sort })}
        options={sorts}
      />
      {list ? null : (
        <>
          <MenuLine />
          <MenuCheck
            checked={search.compact}
            onChange={(compact) => onSearch({ density: compact ? 'compact' : undefined })}
          >
            Compact rows
          </MenuCheck>
        </>
      )}
      {foldable ? (
        <>
          <MenuLine />
          <MenuItem icon={<ChevronsDownUp size={14} />} onSelect={() => onSearch({ fold: groups })}>
            Fold all namespaces
          </MenuItem>
          <MenuItem
            icon={<ChevronsUpDown size={14} />}
            disabled={search.fold.length === 0}
            onSelect={() => onSearch({ fold: undefined })}
          >
            Show all namespaces
          </MenuItem>
        </>
      ) : null}
    </Menu>
  );
}
